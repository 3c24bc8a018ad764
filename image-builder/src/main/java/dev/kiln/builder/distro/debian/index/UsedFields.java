package dev.kiln.builder.distro.debian.index;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The fields of a Packages index that Kiln uses, each known by its place among their names. */
final class UsedFields {
  /** What {@link #find} says of every other field. */
  static final int NONE = -1;

  static final int PACKAGE = 0;
  static final int VERSION = 1;

  /** Besides those that decide what goes together: what apt goes by, and what is fetched. */
  static final List<String> NAMES =
      Stream.of(
              Stream.of("Package", "Version", "Architecture"),
              RelationFields.NAMES.stream(),
              Stream.of("Replaces", "Enhances", "Filename", "Size", "SHA256"))
          .flatMap(names -> names)
          .toList();

  static final int PROVIDES = NAMES.indexOf("Provides");
  static final int SHA256 = NAMES.indexOf("SHA256");

  /** An index has a million fields: few names are compared with each, and nothing is copied. */
  private static final List<List<Integer>> BY_LENGTH = byLength();

  private UsedFields() {}

  /** Which one a line begins with, in whatever case, with blanks around it or none. */
  static int find(String line, int colon) {
    int from = afterBlanks(line, 0, colon);
    int length = beforeBlanks(line, from, colon) - from;
    if (length < BY_LENGTH.size()) {
      for (int field : BY_LENGTH.get(length)) {
        if (line.regionMatches(true, from, NAMES.get(field), 0, length)) {
          return field;
        }
      }
    }
    return NONE;
  }

  /** What stands behind the colon, without the blanks around it. */
  static String value(String line, int colon) {
    int from = afterBlanks(line, colon + 1, line.length());
    return line.substring(from, beforeBlanks(line, from, line.length()));
  }

  private static int afterBlanks(String line, int from, int to) {
    int at = from;
    while (at < to && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int beforeBlanks(String line, int from, int to) {
    int at = to;
    while (at > from && Character.isWhitespace(line.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private static List<List<Integer>> byLength() {
    List<List<Integer>> all = new ArrayList<>();
    for (int field = 0; field < NAMES.size(); field++) {
      int length = NAMES.get(field).length();
      while (all.size() <= length) {
        all.add(new ArrayList<>());
      }
      all.get(length).add(field);
    }
    return all.stream().map(List::copyOf).toList();
  }
}
