package dev.kiln.lab.process;

import dev.kiln.failure.KilnException;

/**
 * What a program that has ended left behind.
 *
 * @param exitCode 0 where it did its work
 * @param text all it printed
 */
public record Output(int exitCode, String text) {
  /** The text without white space at its ends; any exit code but 0 is a failure. */
  public String orFail(Object command) {
    if (exitCode != 0) {
      throw KilnException.dependency(
          "'" + command + "' failed with exit code " + exitCode + ": " + text.strip(),
          "Run it by hand to see more");
    }
    return text.strip();
  }
}
