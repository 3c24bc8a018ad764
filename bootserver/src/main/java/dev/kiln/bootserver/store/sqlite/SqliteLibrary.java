package dev.kiln.bootserver.store.sqlite;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's machine code. Its driver unpacks it from the jar into a directory before it loads it,
 * and removes it in an orderly end alone. Here that is a directory of its own, which goes as soon
 * as the code is loaded.
 */
final class SqliteLibrary {
  private static final String UNPACKED = "sqlite-unpacked-";

  /** Also what earlier versions left at each stop. */
  private static final String LEFT =
      "{" + UNPACKED + "*,sqlite-*-libsqlitejdbc.so,sqlite-*-libsqlitejdbc.so.lck}";

  /** A command that starts at this moment has its own there, for less than a second. */
  private static final Duration IN_USE = Duration.ofMinutes(1);

  private SqliteLibrary() {}

  /**
   * Loads it; a second time does nothing.
   *
   * @param directory where it may be unpacked, on a file system that may run code
   */
  static synchronized void load(Path directory) {
    try {
      Path own = Files.createTempDirectory(directory, UNPACKED);
      try {
        System.setProperty("org.sqlite.tmpdir", own.toString());
        SQLiteJDBCLoader.initialize();
      } finally {
        remove(own);
      }
    } catch (IOException e) {
      throw KilnException.io("unpack SQLite's library into " + directory, e);
    } catch (Exception e) {
      throw new KilnException(
          KilnException.Kind.IO,
          "SQLite's library cannot be loaded from " + directory + ": " + e.getMessage(),
          "Its file system must not be mounted 'noexec', and have room",
          e);
    }
  }

  /** Removes what processes left there that were killed, or were of earlier versions. */
  static void removeWhatWasLeft(Path directory) {
    Instant old = Instant.now().minus(IN_USE);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, LEFT)) {
      for (Path each : left) {
        if (Files.getLastModifiedTime(each).toInstant().isBefore(old)) {
          remove(each);
        }
      }
    } catch (IOException e) {
      throw KilnException.io("remove what was unpacked in " + directory, e);
    }
  }

  private static void remove(Path unpacked) throws IOException {
    if (Files.isDirectory(unpacked)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(unpacked)) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(unpacked);
  }
}
