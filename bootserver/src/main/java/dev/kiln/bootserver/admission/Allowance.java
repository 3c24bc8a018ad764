package dev.kiln.bootserver.admission;

import java.util.function.LongSupplier;

/**
 * How often something may be done for each of many, and in all. Safe on every thread, never blocks.
 *
 * @param <K> whose it is
 */
public final class Allowance<K> {
  /** What becomes of one more. */
  public enum Verdict {
    TAKEN,
    /** Too many for this one. */
    OVER_ITS_OWN,
    /** Too many in all. */
    OVER_ALL
  }

  private final LongSupplier nanoTime;
  private final Shares<K> each;
  private final TokenBucket all;

  /**
   * A full one.
   *
   * @param remembered so many at one time have a budget of their own, 200 bytes each
   * @param nanoTime a clock of nanoseconds, which is never set
   */
  public Allowance(Rate each, int remembered, Rate all, LongSupplier nanoTime) {
    long now = nanoTime.getAsLong();
    this.nanoTime = nanoTime;
    this.each = new Shares<>(each, remembered, now);
    this.all = new TokenBucket(all, now);
  }

  /** Takes one. */
  public synchronized Verdict take(K whose) {
    long now = nanoTime.getAsLong();
    if (!each.take(whose, now)) {
      return Verdict.OVER_ITS_OWN;
    }
    return all.take(now) ? Verdict.TAKEN : Verdict.OVER_ALL;
  }
}
