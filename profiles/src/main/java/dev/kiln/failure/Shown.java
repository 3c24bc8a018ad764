package dev.kiln.failure;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A text from outside as a message may show it: one short line that does nothing to a terminal. */
public final class Shown {
  private static final int LENGTH = 80;
  // Not the control characters alone: others break a line, or turn the direction of writing.
  private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private Shown() {}

  /** All lines of it, with a question mark for each character that cannot be seen. */
  public static String lines(String text) {
    return text.lines()
        .map(line -> UNSEEN.matcher(line.replace('\t', ' ')).replaceAll("?"))
        .collect(Collectors.joining("\n"));
  }

  /** At most 80 characters of it. */
  public static String of(String text) {
    return of(text, LENGTH);
  }

  /**
   * Its beginning, with an ellipsis where it goes on, and a question mark for each character that
   * cannot be seen.
   */
  public static String of(String text, int length) {
    String cut = text.length() <= length ? text : text.substring(0, length) + "…";
    return UNSEEN.matcher(cut).replaceAll("?");
  }
}
