package dev.kiln.bootserver.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A time that only a test moves. */
public final class TestClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  /** Nanoseconds since an arbitrary time, as {@link System#nanoTime} has them. */
  public long nanos() {
    return Duration.between(Instant.EPOCH, now).toNanos();
  }
}
