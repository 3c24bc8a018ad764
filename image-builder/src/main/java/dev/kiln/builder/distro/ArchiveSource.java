package dev.kiln.builder.distro;

import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.util.List;

/** The files of one repository, wherever they are fetched from. */
public interface ArchiveSource {
  /** Where the files come from, for messages: the address of the mirror that answered last. */
  String name();

  /**
   * Reads a file that nothing vouches for yet, from the first place whose content is accepted.
   *
   * @param path below the repository's root
   * @param most bytes; a longer file is refused before it is read to the end
   */
  <T> T readUnverified(String path, int most, Acceptance<T> acceptance);

  /**
   * Reads a file whose content is known beforehand, and checks it.
   *
   * @param paths names of the same file below the repository's root, tried in this order
   * @param size bytes
   */
  byte[] readVerified(List<String> paths, long size, Digest digest);

  /** Makes something of a content, or refuses it. */
  @FunctionalInterface
  interface Acceptance<T> {
    /**
     * Checks and reads.
     *
     * @param name what errors call the content: its address
     * @throws KilnException of kind INPUT where it is not what it should be
     */
    T accept(String name, byte[] content);
  }
}
