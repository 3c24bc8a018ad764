package dev.kiln.bootserver.dhcp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A time that only a test moves. */
final class TestClock implements InstantSource {
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }
}
