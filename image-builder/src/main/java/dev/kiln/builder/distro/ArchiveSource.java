package dev.kiln.builder.distro;

import dev.kiln.builder.fetch.SmallAnswer;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.util.List;

/** The files of one repository, wherever they are fetched from. */
public interface ArchiveSource {
  /** Where the files come from, for messages: the address of the mirror that answered last. */
  String name();

  /**
   * Reads what nothing vouches for yet, from the first place where that succeeds.
   *
   * @param what is read, for messages, such as {@code dists/bookworm/InRelease}
   */
  <T> T readUnverified(String what, Reading<T> reading);

  /**
   * Reads a file whose content is known beforehand, and checks it.
   *
   * @param paths names of the same file below the repository's root, tried in this order
   * @param size bytes
   */
  byte[] readVerified(List<String> paths, long size, Digest digest);

  /** Makes something of what one place has, or refuses it. */
  @FunctionalInterface
  interface Reading<T> {
    /**
     * Reads and checks.
     *
     * @throws KilnException of kind INPUT where it is not what it should be, of kind DEPENDENCY
     *     where it cannot be had
     */
    T from(Place place);
  }

  /** One of the places that have the repository's files: a mirror. */
  interface Place {
    /** What errors call a file of it: its address. */
    String address(String path);

    /**
     * Asks for a file.
     *
     * @param path below the repository's root
     * @param most bytes; a longer file is refused before it is read to the end
     * @throws KilnException where nobody answers
     */
    SmallAnswer ask(String path, int most);
  }
}
