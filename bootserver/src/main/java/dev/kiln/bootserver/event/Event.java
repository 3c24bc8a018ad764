package dev.kiln.bootserver.event;

import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Something that happened to a machine. What a person reads of it is made by {@link EventText} when
 * it is shown.
 *
 * @param at when this server saw it, to the millisecond
 * @param mac whose timeline; empty where no card can be named
 * @param step what happened
 * @param values what there is to know of it
 * @param claimed whether the machine said so itself, and nothing here has seen it
 */
public record Event(
    Instant at, Optional<MacAddress> mac, Step step, Values values, boolean claimed) {
  public Event {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Something this server did or saw itself. */
  public static Event seen(Instant at, MacAddress mac, Step step, Values values) {
    return new Event(at, Optional.of(mac), step, values, false);
  }

  /** Something that somebody says in the name of a card. */
  public static Event claimed(Instant at, MacAddress mac, Step step, Values values) {
    return new Event(at, Optional.of(mac), step, values, true);
  }
}
