package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.regex.Pattern;

/** The small words of a profile: names, reasons, versions. */
final class Words {
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?");
  // What no family's tools take for an option, a path or a pattern; each family is stricter.
  private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,127}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+~:-]{0,127}");

  // Also what ends a line elsewhere, and halves of characters, which no document can be written of.
  private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private Words() {}

  static String name(String what, String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'"
              + Shown.of(text)
              + "' is not a name of "
              + what
              + ": write lower-case letters, digits, '.' and '-', at most 63");
    }
    return text;
  }

  static String repositoryName(String text) {
    return name("a repository", text);
  }

  static String packageName(String text) {
    if (!PACKAGE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'"
              + Shown.of(text)
              + "' is not a package name: write letters, digits, '+', '-', '.' and '_'");
    }
    return text;
  }

  static String version(String text) {
    if (!VERSION.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text) + "' is not a version: write it as its makers do, such as v1.36.4");
    }
    return text;
  }

  /** A sentence a person wrote: one line, not empty, at most 500 characters. */
  static String sentence(String text) {
    if (text.isBlank() || text.length() > 500) {
      throw new IllegalArgumentException("a reason must stand here: one line, not empty");
    }
    if (NO_TEXT.matcher(text).find()) {
      throw new IllegalArgumentException("this line holds control characters; leave them out");
    }
    return text;
  }
}
