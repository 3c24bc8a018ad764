package dev.kiln.profile;

import dev.kiln.document.MergePatch;
import dev.kiln.document.Node;
import dev.kiln.document.Node.Entry;
import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Node.Scalar;
import dev.kiln.document.Node.ScalarType;
import dev.kiln.document.Problems;
import dev.kiln.document.YamlReader;
import dev.kiln.failure.Shown;
import dev.kiln.file.InputFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code extends: NAME} means: the document is a JSON Merge Patch (RFC 7396) on the profile of
 * that name, which is looked for next to the file and then in the catalog. What extends nothing is
 * a patch on what every profile has: Kiln's own kit.
 */
final class Extension {
  static final int MAX_DEPTH = 8;

  /**
   * Where a document comes from.
   *
   * @param name in the catalog; empty for a file
   * @param file as the user named it; empty for the catalog
   */
  record Origin(String name, Path file) {
    private static final Path NO_FILE = Path.of("");

    static Origin catalog(String name) {
      return new Origin(name, NO_FILE);
    }

    static Origin file(Path file) {
      return new Origin("", file);
    }

    Node read(InputFiles inputs) {
      return name.isEmpty() ? YamlReader.read(file, inputs) : Catalog.read(name);
    }

    boolean isSame(Origin other) {
      return name.equals(other.name)
          && file.toAbsolutePath().normalize().equals(other.file.toAbsolutePath().normalize());
    }

    /** The file of another profile in the same directory, where there is one. */
    Optional<Origin> beside(String profile, InputFiles inputs) {
      if (!name.isEmpty() || profile.contains("/") || profile.contains("\0")) {
        return Optional.empty();
      }
      Origin sibling = file(file.resolveSibling(profile + ".yaml"));
      if (!Files.isRegularFile(sibling.file)) {
        inputs.missed(sibling.file);
        return Optional.empty();
      }
      return Optional.of(sibling).filter(other -> !isSame(other));
    }
  }

  private final List<Origin> chain = new ArrayList<>();
  private final Problems problems = new Problems();
  private final InputFiles inputs;

  private Extension(InputFiles inputs) {
    this.inputs = inputs;
  }

  static Node resolve(Origin origin, InputFiles inputs) {
    Extension extension = new Extension(inputs);
    Node tree = extension.resolveChain(origin);
    extension.problems.refuseIfAny();
    return tree;
  }

  private Node resolveChain(Origin origin) {
    chain.add(origin);
    Node document = origin.read(inputs);
    if (!(document instanceof Mapping mapping)) {
      return document;
    }
    Entry extension = mapping.entries().get("extends");
    if (extension == null) {
      return MergePatch.apply(Catalog.foundation(), document);
    }
    refuseInheritedName(mapping);
    Mapping patch = without("extends", mapping);
    return base(origin, extension)
        .map(base -> MergePatch.apply(resolveChain(base), patch))
        .orElse(patch);
  }

  private Optional<Origin> base(Origin origin, Entry extension) {
    if (!(extension.value() instanceof Scalar name) || name.type() != ScalarType.TEXT) {
      return refuse(extension, "'extends' must name one profile", "Write 'extends: debian12'");
    }
    Optional<Origin> base =
        origin
            .beside(name.text(), inputs)
            .or(
                () ->
                    Optional.of(name.text())
                        .filter(Catalog.names()::contains)
                        .map(Origin::catalog));
    if (base.isEmpty()) {
      return refuse(
          extension,
          "there is no profile '" + Shown.of(name.text()) + "' to extend",
          "Put its file next to this one, or take one of " + String.join(", ", Catalog.names()));
    }
    if (chain.stream().anyMatch(base.get()::isSame)) {
      return refuse(
          extension,
          "the profile '" + name.text() + "' extends itself",
          "Extend another profile, or leave 'extends' out");
    }
    if (chain.size() >= MAX_DEPTH) {
      return refuse(
          extension,
          "more than " + MAX_DEPTH + " profiles extend each other",
          "Merge some of them into one");
    }
    return base;
  }

  private void refuseInheritedName(Mapping document) {
    if (!document.entries().containsKey("name")) {
      problems.add(
          document.position(),
          "a profile that extends another needs a 'name' of its own",
          "Add 'name: …'");
    }
  }

  private Optional<Origin> refuse(Entry extension, String what, String mend) {
    problems.add(extension.position(), what, mend);
    return Optional.empty();
  }

  private static Mapping without(String key, Mapping mapping) {
    Map<String, Entry> entries = new LinkedHashMap<>(mapping.entries());
    entries.remove(key);
    return new Mapping(mapping.position(), entries);
  }
}
