package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StateClockTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final AtomicReference<Instant> machine = new AtomicReference<>(NOON);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void countsWhatPassesAndNotWhatTheMachinesClockIsSetTo() {
    StateClock clock = clock(Instant.EPOCH);

    machine.set(NOON.minus(Duration.ofDays(400)));
    nanos.addAndGet(Duration.ofSeconds(7).toNanos());

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(7));
    assertThat(clock.lag()).isEqualTo(Duration.ofDays(-400).minusSeconds(7));
  }

  @Test
  void neverBeginsBeforeWhatWasStored() {
    machine.set(Instant.EPOCH);

    StateClock clock = clock(NOON);

    assertThat(clock.instant()).isEqualTo(NOON);
    assertThat(clock.lag()).isEqualTo(Duration.between(NOON, Instant.EPOCH));
  }

  private StateClock clock(Instant stored) {
    return new StateClock(stored, machine::get, nanos::get);
  }
}
