package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What a command prints, line by line, and the end of it. A line is at most so long: the rest is
 * the next line. Control characters become question marks, for all of it may end on a terminal.
 */
final class OutputLines {
  private static final int LONGEST_LINE = 4 << 10;
  private static final int KEPT = 8 << 10;

  private final Consumer<String> lines;
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder kept = new StringBuilder();
  private boolean saidNoSpace;

  OutputLines(Consumer<String> lines) {
    this.lines = lines;
  }

  /**
   * Reads to the end.
   *
   * @return the last lines, at least 8 KiB of them where there were so many
   */
  String read(InputStream output) throws IOException {
    try (var reader =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8), 1 << 16)) {
      boolean returned = false;
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\r' || (c == '\n' && !returned)) {
          endLine();
        } else if (c != '\n') {
          add((char) c);
        }
        returned = c == '\r';
      }
    }
    if (line.length() > 0) {
      endLine();
    }
    return kept.toString();
  }

  /** Whether any line tells that a file system was full, as the C library words it. */
  boolean saidNoSpace() {
    return saidNoSpace;
  }

  private void add(char c) {
    if (line.length() == LONGEST_LINE) {
      endLine();
    }
    line.append(Character.isISOControl(c) && c != '\t' ? '?' : c);
  }

  private void endLine() {
    lines.accept(line.toString());
    saidNoSpace |= KilnException.isFullDisk(line.toString());
    kept.append(line).append('\n');
    line.setLength(0);
    if (kept.length() > 2 * KEPT) {
      kept.delete(0, kept.length() - KEPT);
    }
  }
}
