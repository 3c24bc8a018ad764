package dev.kiln.profile;

import dev.kiln.document.Node;
import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Node.Scalar;
import dev.kiln.document.Node.Sequence;
import dev.kiln.file.Digest;
import java.util.TreeMap;

/**
 * The digest of what a tree says: independent of comments, layout, the order of keys and the files
 * it was merged from.
 */
final class TreeDigest {
  private final StringBuilder text = new StringBuilder();

  private TreeDigest() {}

  static Digest of(Node tree) {
    TreeDigest digest = new TreeDigest();
    digest.append(tree);
    return Digest.of(digest.text.toString());
  }

  private void append(Node node) {
    if (node instanceof Mapping mapping) {
      text.append('{');
      new TreeMap<>(mapping.entries())
          .forEach(
              (key, entry) -> {
                append(key);
                text.append(':');
                append(entry.value());
              });
      text.append('}');
    } else if (node instanceof Sequence sequence) {
      text.append('[');
      sequence.items().forEach(this::append);
      text.append(']');
    } else if (node instanceof Scalar scalar) {
      text.append(scalar.type()).append(' ');
      append(scalar.text());
    }
  }

  /** The length first, so that no text can pass for the end of another. */
  private void append(String word) {
    text.append(word.length()).append(':').append(word);
  }
}
