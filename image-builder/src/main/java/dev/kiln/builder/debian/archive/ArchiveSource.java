package dev.kiln.builder.debian.archive;

import dev.kiln.file.Digest;
import java.util.List;

/** The files of one repository, wherever they are fetched from. */
public interface ArchiveSource {
  /** Where the files come from, for messages: a mirror's address. */
  String name();

  /**
   * Reads a file that nothing vouches for yet.
   *
   * @param path below the repository's root
   * @param most bytes; a longer file is refused before it is read to the end
   */
  byte[] readUnverified(String path, long most);

  /**
   * Reads a file whose content is known beforehand, and checks it.
   *
   * @param paths names of the same file below the repository's root, tried in this order
   * @param size bytes
   */
  byte[] readVerified(List<String> paths, long size, Digest digest);
}
