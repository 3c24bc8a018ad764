package dev.kiln.failure;

import java.util.Optional;

/**
 * One thing that is wrong.
 *
 * @param where the place in the user's file, where there is one
 * @param what what is wrong, one sentence without its full stop; or lines that others said, up to
 *     the last line's end
 * @param mend what to write or run instead; empty where nothing can be advised
 */
public record Problem(Optional<Position> where, String what, String mend) {
  public static Problem of(String what, String mend) {
    return new Problem(Optional.empty(), what, mend);
  }

  public static Problem at(Position where, String what, String mend) {
    return new Problem(Optional.of(where), what, mend);
  }

  @Override
  public String toString() {
    String place = where.map(position -> position + ": ").orElse("");
    String said = sentence(what);
    String gap = mend.isEmpty() || said.endsWith("\n") ? "" : " ";
    return place + said + gap + (mend.isEmpty() ? "" : sentence(mend));
  }

  private static String sentence(String words) {
    return words.matches("(?s).*[?.\n]") ? words : words + ".";
  }
}
