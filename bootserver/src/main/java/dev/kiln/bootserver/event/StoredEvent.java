package dev.kiln.bootserver.event;

import java.time.Instant;

/**
 * A line of a timeline.
 *
 * @param number its place in the order in which lines were begun; never given twice
 * @param boot the number of the first line of its boot, which is of the same card
 * @param event as it came first
 * @param times how often it came, 1 at least
 * @param last when it came last
 */
public record StoredEvent(long number, long boot, Event event, long times, Instant last) {
  /** Whether its boot begins with it. */
  public boolean begins() {
    return number == boot;
  }
}
