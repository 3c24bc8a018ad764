package dev.kiln.bootserver.admission;

/** What is left of a rate now. Not safe for several threads. */
final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Rate rate;
  private double tokens;
  private long filledAt;

  /**
   * A full one.
   *
   * @param now nanoseconds of a clock that is never set
   */
  TokenBucket(Rate rate, long now) {
    this.rate = rate;
    this.tokens = rate.burst();
    this.filledAt = now;
  }

  boolean take(long now) {
    fill(now);
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  /** Whether it is as good as new. */
  boolean isFull(long now) {
    fill(now);
    return tokens >= rate.burst();
  }

  private void fill(long now) {
    double seconds = (now - filledAt) / NANOS_PER_SECOND;
    tokens = Math.min(rate.burst(), tokens + seconds * rate.perSecond());
    filledAt = now;
  }
}
