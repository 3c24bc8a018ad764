package dev.kiln.builder.distro.debian.index;

import java.util.regex.Pattern;

/** The size of a file as an index writes it. */
final class IndexedSize {
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,15}");

  private IndexedSize() {}

  /**
   * Reads it.
   *
   * @return bytes
   * @throws IllegalArgumentException where it is no number, or one that no file has
   */
  static long parse(String text) {
    if (!SIZE.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no size in bytes");
    }
    return Long.parseLong(text);
  }
}
