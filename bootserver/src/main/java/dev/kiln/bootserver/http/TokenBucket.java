package dev.kiln.bootserver.http;

import java.time.Duration;
import java.time.Instant;

/** Lets a burst through, and then so many a second. Not safe for several threads. */
final class TokenBucket {
  private final double burst;
  private final double perSecond;
  private double tokens;
  private Instant filled;

  TokenBucket(double burst, double perSecond, Instant now) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.tokens = burst;
    this.filled = now;
  }

  boolean take(Instant now) {
    double seconds = Math.max(0, Duration.between(filled, now).toNanos() / 1e9);
    tokens = Math.min(burst, tokens + seconds * perSecond);
    filled = now;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
