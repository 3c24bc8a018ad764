package dev.kiln.bootserver.store.sqlite;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The one clock of a state: it begins at the machine's time, or at the last time that was stored
 * where that is later, and then counts by the monotonic clock. Whoever sets the machine's clock
 * neither ends a lease nor makes one last for ever, and no time that is stored goes back.
 */
public final class StateClock implements InstantSource {
  private final InstantSource machine;
  private final LongSupplier nanos;
  private final Instant begin;
  private final long first;

  /**
   * Begins now.
   *
   * @param stored the last time that was stored
   * @param machine the time of day
   * @param nanos counts nanoseconds, never back
   */
  StateClock(Instant stored, InstantSource machine, LongSupplier nanos) {
    this.machine = machine;
    this.nanos = nanos;
    this.first = nanos.getAsLong();
    Instant now = machine.instant();
    this.begin = now.isBefore(stored) ? stored : now;
  }

  @Override
  public Instant instant() {
    return begin.plusNanos(nanos.getAsLong() - first);
  }

  /** How far the machine's clock is ahead by now; negative where it is behind. */
  public Duration lag() {
    return Duration.between(instant(), machine.instant());
  }
}
