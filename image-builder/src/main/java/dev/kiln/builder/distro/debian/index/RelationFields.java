package dev.kiln.builder.distro.debian.index;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fields of a binary package that decide which packages go together, as its repository's index
 * writes them.
 */
final class RelationFields {
  /** In this order they are kept. */
  static final List<String> NAMES =
      List.of(
          "Essential",
          "Important",
          "Protected",
          "Priority",
          "Multi-Arch",
          "Pre-Depends",
          "Depends",
          "Recommends",
          "Suggests",
          "Conflicts",
          "Breaks",
          "Provides");

  private RelationFields() {}

  /** Those that are there. */
  static Map<String, String> in(Function<String, Optional<String>> fields) {
    Map<String, String> present = new LinkedHashMap<>();
    for (String name : NAMES) {
      fields
          .apply(name)
          .map(String::strip)
          .filter(value -> !value.isEmpty())
          .ifPresent(value -> present.put(name, value));
    }
    return Collections.unmodifiableMap(present);
  }

  /** The lines of a paragraph; refuses what would not be read back as it is. */
  static String lines(Map<String, String> relations) {
    StringBuilder lines = new StringBuilder();
    relations.forEach(
        (name, value) -> {
          if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("'" + name + "' is no field of relations");
          }
          lines.append(line(name, value));
        });
    return lines.toString();
  }

  static String line(String name, String value) {
    boolean oneLine = value.chars().allMatch(c -> c >= ' ' || c == '\t');
    if (value.isBlank() || !value.strip().equals(value) || !oneLine) {
      throw new IllegalArgumentException("the field " + name + " must be one line of text");
    }
    return name + ": " + value + "\n";
  }
}
