package dev.kiln.builder.distro.debian.index;

import dev.kiln.builder.deb.ControlFile;
import dev.kiln.file.Digest;
import java.util.Map;
import java.util.Optional;

/**
 * One paragraph of a Packages index, kept as text until it is asked for: an index holds tens of
 * thousands, an image takes a few hundred.
 *
 * @param name in lower case; empty where the paragraph has none, as the version
 * @param provides the Provides field; empty where there is none
 * @param text the fields that Kiln uses, each {@code Name: value} on one line, a line feed before
 *     and after each
 */
public record IndexEntry(
    String name, String version, String provides, String text, PackageOrigin origin) {
  /**
   * An entry for a package of which only this is known: what an index said of it before.
   *
   * @param relations as {@link #relations()} gave them
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static IndexEntry of(
      String name,
      String version,
      String architecture,
      String path,
      long size,
      Digest digest,
      Map<String, String> relations,
      PackageOrigin origin) {
    String text =
        "\n"
            + RelationFields.line("Package", name)
            + RelationFields.line("Version", version)
            + RelationFields.line("Architecture", architecture)
            + RelationFields.lines(relations)
            + RelationFields.line("Filename", path)
            + RelationFields.line("Size", Long.toString(size))
            + RelationFields.line("SHA256", digest.hex());
    return new IndexEntry(name, version, relations.getOrDefault("Provides", ""), text, origin);
  }

  /** The fields that decide what the package goes together with, as the index writes them. */
  public Map<String, String> relations() {
    return RelationFields.in(this::field);
  }

  /** Whether this is the same package file, wherever it is. */
  public boolean hasBytesOf(IndexEntry other) {
    return field("SHA256").equals(other.field("SHA256"));
  }

  /** A field by its exact name, without reading the others. */
  public Optional<String> field(String field) {
    int start = text.indexOf("\n" + field + ": ");
    if (start < 0) {
      return Optional.empty();
    }
    int from = start + field.length() + 3;
    return Optional.of(text.substring(from, text.indexOf('\n', from)));
  }

  /**
   * The package, with everything read.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public BinaryPackage read(RelationParser parser) {
    return BinaryPackage.of(ControlFile.parseOne(name, text.strip()), origin, parser);
  }
}
