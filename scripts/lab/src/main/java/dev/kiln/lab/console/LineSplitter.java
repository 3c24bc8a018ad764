package dev.kiln.lab.console;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a terminal's bytes into lines a person can read. Control sequences (ECMA-48) go. A line ends
 * at a line feed, or where it grows beyond any real line. A line that is written over and over
 * behind carriage returns, as a counter of percents, or systemd's "a start job is running", is
 * shown once.
 */
final class LineSplitter {
  private static final int LONGEST = 4096;
  private static final Pattern SEQUENCE =
      Pattern.compile("\u001b(\\[[0-9;?=]*[ -/]*[@-~]|[()][0-9A-Za-z]|[=>78cDEHMNOZ])");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f]");

  /** What changes in a line that shows progress: digits, and systemd's moving stars. */
  private static final Pattern MOVING = Pattern.compile("[0-9* ]");

  private final byte[] line = new byte[LONGEST];
  private final Consumer<String> lines;
  private int length;

  /** The line before a carriage return, until it is seen whether a line feed follows. */
  private @Nullable String returned;

  private String shown = "";

  LineSplitter(Consumer<String> lines) {
    this.lines = lines;
  }

  void accept(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      accept(bytes[i]);
    }
  }

  /** The stream has ended: what is left is a line too. */
  void end() {
    if (returned != null || length > 0) {
      endLine();
    }
  }

  private void accept(byte next) {
    if (next == '\n') {
      endLine();
    } else if (next == '\r') {
      if (length > 0) {
        returned = plain();
      }
    } else {
      writeOver();
      line[length++] = next;
      if (length == LONGEST) {
        endLine();
      }
    }
  }

  private void endLine() {
    String text = returned == null ? plain() : returned;
    returned = null;
    shown = "";
    lines.accept(text);
  }

  private void writeOver() {
    if (returned == null) {
      return;
    }
    String still = MOVING.matcher(returned).replaceAll("");
    if (!still.equals(shown)) {
      lines.accept(returned);
      shown = still;
    }
    returned = null;
  }

  private String plain() {
    String raw = new String(line, 0, length, StandardCharsets.UTF_8);
    length = 0;
    String plain = SEQUENCE.matcher(raw).replaceAll("");
    return CONTROL.matcher(plain).replaceAll("").stripTrailing();
  }
}
