package dev.kiln.builder.kernel;

import dev.kiln.failure.KilnException;
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
      String shown = path.length() > 200 ? path.substring(0, 200) + "…" : path;
      throw KilnException.input(
          where + ": '" + shown.replaceAll("\\p{Cntrl}", "?") + "' is not a plain path",
          "Check the package that brings the kernel");
    }
    return path;
  }
}
