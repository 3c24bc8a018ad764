package dev.kiln.builder.distro.debian.index;

import dev.kiln.failure.Shown;
import dev.kiln.lock.RepositoryPath;
import java.util.regex.Pattern;

/** What an index says about a file of its repository, checked. */
final class IndexedFile {
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,15}");

  private IndexedFile() {}

  /**
   * A path below the repository's root, every character of it as it stands; small archives write it
   * as {@code ./name}.
   *
   * @param of whose path it is, for the message
   * @throws IllegalArgumentException where it leaves the repository, or is no plain path
   */
  static String path(String text, String of) {
    return RepositoryPath.checked(text.replaceFirst("^(?:\\./)+", ""), of);
  }

  /**
   * A size.
   *
   * @return bytes
   * @throws IllegalArgumentException where it is no number, or one that no file has
   */
  static long size(String text) {
    if (!SIZE.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + Shown.of(text) + "' is no size in bytes");
    }
    return Long.parseLong(text);
  }
}
