package dev.kiln.lab.console;

import java.time.Duration;
import java.util.Locale;

/**
 * One line of a console.
 *
 * @param at time since power-on at which the line was complete
 * @param text the line without terminal control sequences
 */
public record Line(Duration at, String text) {
  /** Seconds since power-on, with milliseconds. */
  public double seconds() {
    return at.toMillis() / 1000.0;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "[%8.2f] %s", seconds(), text);
  }
}
