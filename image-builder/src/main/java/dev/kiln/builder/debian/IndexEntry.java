package dev.kiln.builder.debian;

import java.util.Optional;

/**
 * One paragraph of a Packages index, kept as text until it is asked for: an index holds tens of
 * thousands, an image takes a few hundred.
 *
 * @param provides the Provides field; empty where there is none
 * @param text the fields that Kiln uses, each {@code Name: value} on one line, a line feed before
 *     and after each
 */
public record IndexEntry(
    String name, String version, String provides, String text, PackageOrigin origin) {
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
