package dev.kiln.lab.console;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a console. It is bounded: a machine that prints without end fills no disk. */
final class StampedLog implements AutoCloseable {
  private static final long MOST_CHARACTERS = 64L << 20;

  private final BufferedWriter writer;
  private long left = MOST_CHARACTERS;

  StampedLog(Path file) throws IOException {
    writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }

  /** Writes through to the file, where {@code lab console} follows it. */
  void write(String line) throws IOException {
    if (left <= 0) {
      return;
    }
    left -= line.length() + 1;
    writer.write(left > 0 ? line : "(this log is full; nothing more is kept)");
    writer.write('\n');
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
