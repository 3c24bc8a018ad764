package dev.kiln.builder.kernel;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import java.util.regex.Pattern;

/** A relative path that stays below whatever it is put behind: plain segments, no {@code ..}. */
final class PlainPath {
  private static final Pattern SEGMENTS =
      Pattern.compile(
          "[A-Za-z0-9_+@,=-][A-Za-z0-9._+@,=-]*(/[A-Za-z0-9_+@,=-][A-Za-z0-9._+@,=-]*)*");

  private PlainPath() {}

  /**
   * Returns the path, or refuses it.
   *
   * @param where it was read, for the message
   */
  static String require(String path, String where) {
    if (path.length() > 1000 || !SEGMENTS.matcher(path).matches()) {
      throw KilnException.input(
          where + ": '" + Shown.of(path, 200) + "' is not a plain path",
          "Check the package that brings the kernel");
    }
    return path;
  }
}
