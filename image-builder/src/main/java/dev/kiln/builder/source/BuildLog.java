package dev.kiln.builder.source;

import dev.kiln.failure.KilnException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a build prints: whole in a file, and its last lines at hand. */
final class BuildLog implements AutoCloseable {
  private static final int TAIL_LINES = 20;
  private static final int LINE_LENGTH = 400;

  private final Path file;
  private final BufferedWriter writer;
  private final Deque<String> tail = new ArrayDeque<>();

  /** Starts the file anew. */
  BuildLog(Path file) throws IOException {
    this.file = file;
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    this.writer = Files.newBufferedWriter(file);
  }

  void add(String line) {
    try {
      writer.write(line);
      writer.newLine();
      // Whoever waits for a long build watches the file.
      writer.flush();
    } catch (IOException e) {
      throw KilnException.io("write " + file, e);
    }
    if (tail.size() == TAIL_LINES) {
      tail.removeFirst();
    }
    tail.addLast(line.length() <= LINE_LENGTH ? line : line.substring(0, LINE_LENGTH) + "…");
  }

  /** The failure of a build that ended with this status, as told by its last lines. */
  KilnException failure(String build, int status) {
    boolean full = tail.stream().anyMatch(KilnException::isFullDisk);
    return new KilnException(
        full ? KilnException.Kind.IO : KilnException.Kind.DEPENDENCY,
        "the build '"
            + build
            + "' ended with status "
            + status
            + " after these lines:\n  "
            + String.join("\n  ", tail)
            + "\nIts whole log is "
            + file,
        full
            ? "The disk of the cache is full: free some space there, or name a cache on another disk"
            : "Mend the build's commands or toolchain in the profile; where something was killed,"
                + " give it more memory");
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
