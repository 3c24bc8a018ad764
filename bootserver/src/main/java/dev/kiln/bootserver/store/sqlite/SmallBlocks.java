package dev.kiln.bootserver.store.sqlite;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of a file system whose blocks are smaller than a page. SQLite's file of shared memory
 * ({@code -shm}) has one block of each of its pages from the start and the others when they are
 * used: where the disk is full then, nobody can be told, and the kernel ends the program.
 */
final class SmallBlocks {
  private static final Logger LOG = LoggerFactory.getLogger(SmallBlocks.class);

  /** Bytes; SQLite reserves one in each so many. */
  private static final long PAGE = 4096;

  private SmallBlocks() {}

  /** Says so where a directory is on one. */
  static void warnOf(Path directory) {
    try {
      long block = Files.getFileStore(directory).getBlockSize();
      if (block < PAGE) {
        LOG.warn(
            "{} is on a file system with blocks of {} bytes: where that is full, the kernel ends"
                + " this program (SIGBUS) instead of refusing a write. Use one with blocks of"
                + " {} bytes, such as 'mkfs.ext4 -b {}' makes",
            directory,
            block,
            PAGE,
            PAGE);
      }
    } catch (IOException e) {
      throw KilnException.io("look at the file system of " + directory, e);
    }
  }
}
