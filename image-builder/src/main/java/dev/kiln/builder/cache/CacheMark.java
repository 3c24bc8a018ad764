package dev.kiln.builder.cache;

import dev.kiln.failure.KilnException;
import dev.kiln.file.DirectoryMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * What tells a cache from any other directory: a {@code CACHEDIR.TAG} of the Cache Directory
 * Tagging Specification 0.5, by which backups leave it out too, with a line of Kiln's own. Nothing
 * is made or removed in a directory that has other files and no mark.
 */
final class CacheMark {
  private static final DirectoryMark MARK =
      new DirectoryMark(
          "CACHEDIR.TAG",
          List.of(
              "Signature: 8a477f597d28d172789f06886806bc55",
              "# This directory is a cache of Kiln's builder: it may be removed when no bake runs.",
              "# See https://bford.info/cachedir/"));

  private CacheMark() {}

  /** Whether a directory is a cache, of this or of an earlier version. */
  static boolean isOn(Path root) throws IOException {
    return Files.isDirectory(root) && (MARK.isOn(root) || hasPartsOfACache(root));
  }

  /**
   * Marks a directory that is empty or an earlier version's cache.
   *
   * @throws KilnException where it is another's
   */
  static void putOn(Path root) throws IOException {
    if (!MARK.putOn(root, names -> hasPartsOfACache(root))) {
      throw KilnException.input(
          root + " holds other files, and is no cache of builder's",
          "Name a directory for the cache alone, such as " + root.resolve("kiln-cache"));
    }
  }

  /** What caches consisted of before they had a mark. */
  private static boolean hasPartsOfACache(Path root) {
    return Files.isDirectory(root.resolve("blobs/sha256"), LinkOption.NOFOLLOW_LINKS)
        && Files.isRegularFile(root.resolve("locks/.guard"), LinkOption.NOFOLLOW_LINKS);
  }
}
