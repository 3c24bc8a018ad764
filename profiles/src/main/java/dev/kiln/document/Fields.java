package dev.kiln.document;

import dev.kiln.document.Node.Entry;
import dev.kiln.document.Node.Mapping;
import dev.kiln.failure.Shown;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the keys of one mapping into one record: each key is asked for once, what is left over is
 * unknown and refused, and the record is only made where nothing was wrong.
 */
public final class Fields {
  private final Node node;
  private final String subject;
  private final Problems problems;
  private final int before;
  private final Map<String, Entry> entries;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * Starts on a node that should be a mapping.
   *
   * @param subject what the mapping describes, for messages: {@code "a profile"}
   */
  public Fields(Node node, String subject, Problems problems) {
    this.node = node;
    this.subject = subject;
    this.problems = problems;
    this.before = problems.count();
    if (node instanceof Mapping mapping) {
      entries = mapping.entries();
    } else {
      entries = Map.of();
      problems.add(
          node.position(),
          subject + " must be a mapping, not " + node.kind(),
          "Write 'key: value' lines");
    }
  }

  /** A key that must be there. */
  public <T> Field<T> required(String key, Decoder<T> decoder) {
    known.add(key);
    Entry entry = entries.get(key);
    if (entry == null) {
      if (node instanceof Mapping) {
        problems.add(node.position(), subject + " needs '" + key + "'", "Add '" + key + ": …'");
      }
      return new Field<>(key, Optional.empty());
    }
    return new Field<>(key, decoder.decode(entry.value(), problems));
  }

  /** A key that may be left out. */
  public <T> Field<T> optional(String key, Decoder<T> decoder, T otherwise) {
    known.add(key);
    Entry entry = entries.get(key);
    return new Field<>(
        key, entry == null ? Optional.of(otherwise) : decoder.decode(entry.value(), problems));
  }

  /** A key that may be left out and has no default. */
  public <T> Field<Optional<T>> optional(String key, Decoder<T> decoder) {
    known.add(key);
    Entry entry = entries.get(key);
    if (entry == null) {
      return new Field<>(key, Optional.of(Optional.empty()));
    }
    Optional<T> value = decoder.decode(entry.value(), problems);
    return new Field<>(key, Optional.of(value));
  }

  /**
   * Makes the record, where all its fields were right. The record's own refusal ({@link
   * IllegalArgumentException}) becomes a problem of this mapping.
   */
  public <T> Optional<T> build(Supplier<T> record) {
    refuseUnknownKeys();
    return problems.count() == before ? Decoders.parsed(node, problems, record) : Optional.empty();
  }

  private void refuseUnknownKeys() {
    entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            String mend =
                Decoders.nearest(key, known)
                    .map(near -> "Did you mean '" + near + "'?")
                    .orElse("Known here: " + Decoders.listed(known));
            problems.add(entry.position(), subject + " has no key '" + Shown.of(key) + "'", mend);
          }
        });
  }

  /** A field that was read; its value is sure to be there inside {@link Fields#build} only. */
  public static final class Field<T> {
    private final String key;
    private final Optional<T> value;

    private Field(String key, Optional<T> value) {
      this.key = key;
      this.value = value;
    }

    /** One that is not read, because it can only be this. */
    public static <T> Field<T> of(String key, T value) {
      return new Field<>(key, Optional.of(value));
    }

    public T get() {
      return value.orElseThrow(() -> new IllegalStateException("'" + key + "' was not read"));
    }

    /** For checks that go on where this field was refused. */
    public T orElse(T other) {
      return value.orElse(other);
    }
  }
}
