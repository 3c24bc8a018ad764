package dev.kiln.lab.console;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Cuts a terminal's bytes into lines a person can read. Control sequences (ECMA-48) go. A line ends
 * at a line feed, at a carriage return (so that systemd's "a start job is running" is seen while it
 * runs), or where it grows beyond any real line.
 */
final class LineSplitter {
  private static final int LONGEST = 4096;
  private static final Pattern SEQUENCE =
      Pattern.compile("\u001b(\\[[0-9;?=]*[ -/]*[@-~]|[()][0-9A-Za-z]|[=>78cDEHMNOZ])");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f]");

  private final byte[] line = new byte[LONGEST];
  private final Consumer<String> lines;
  private int length;
  private boolean afterReturn;

  LineSplitter(Consumer<String> lines) {
    this.lines = lines;
  }

  void accept(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      accept(bytes[i]);
    }
  }

  private void accept(byte next) {
    if (next == '\r') {
      end();
    } else if (next == '\n') {
      if (!afterReturn) {
        endLine();
      }
    } else {
      line[length++] = next;
      if (length == LONGEST) {
        endLine();
      }
    }
    afterReturn = next == '\r';
  }

  /** What is left is a line too. */
  void end() {
    if (length > 0) {
      endLine();
    }
  }

  private void endLine() {
    String raw = new String(line, 0, length, StandardCharsets.UTF_8);
    length = 0;
    String plain = SEQUENCE.matcher(raw).replaceAll("");
    lines.accept(CONTROL.matcher(plain).replaceAll("").stripTrailing());
  }
}
