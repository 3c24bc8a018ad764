package dev.kiln.bootserver.event;

import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of a timeline.
 *
 * @param at when this server saw it
 * @param mac whose timeline; empty where no machine can be named
 * @param step what happened, such as {@code dhcp-offer} or {@code tftp-done}: 1 to 40 lower-case
 *     letters, digits and hyphens
 * @param detail one line for a person, at most {@value #MAX_DETAIL} characters; longer text is cut,
 *     control characters become spaces, so that no machine can write to an operator's terminal
 * @param claimed whether the machine said so itself, and nothing here has seen it
 */
public record Event(
    Instant at, Optional<MacAddress> mac, String step, String detail, boolean claimed) {
  /** The longest detail kept, in characters. */
  public static final int MAX_DETAIL = 500;

  private static final Pattern STEP = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  public Event {
    if (!STEP.matcher(step).matches()) {
      throw new IllegalArgumentException("not the name of a step: '" + bounded(step) + "'");
    }
    detail = bounded(detail);
  }

  /** Something this server did or saw itself. */
  public static Event seen(Instant at, MacAddress mac, String step, String detail) {
    return new Event(at, Optional.of(mac), step, detail, false);
  }

  private static String bounded(String text) {
    String cut = text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL - 1) + "…";
    return CONTROL.matcher(cut).replaceAll(" ").strip();
  }
}
