package dev.kiln.bootserver.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A budget of its own for each of many, in bounded memory. A budget is forgotten only when it is
 * full again, and so as good as a new one: nobody gets a fresh budget, or loses one, by the number
 * of others that ask. Those that come when there is no place share one budget.
 */
final class Shares<K> {
  private static final long BETWEEN_LOOKS = TimeUnit.SECONDS.toNanos(1);

  private final Rate rate;
  private final int most;
  private final Map<K, TokenBucket> budgets = new HashMap<>();
  private final TokenBucket ofTheOthers;
  private long lookAgainAt;

  /**
   * No budgets yet.
   *
   * @param most so many are remembered
   */
  Shares(Rate rate, int most, long now) {
    this.rate = rate;
    this.most = most;
    this.ofTheOthers = new TokenBucket(rate, now);
    this.lookAgainAt = now;
  }

  boolean take(K whose, long now) {
    TokenBucket known = budgets.get(whose);
    return (known == null ? newcomer(whose, now) : known).take(now);
  }

  int size() {
    return budgets.size();
  }

  private TokenBucket newcomer(K whose, long now) {
    if (budgets.size() >= most && now - lookAgainAt >= 0) {
      // All of them are looked at, so not for each newcomer of a flood.
      budgets.values().removeIf(budget -> budget.isFull(now));
      lookAgainAt = now + BETWEEN_LOOKS;
    }
    if (budgets.size() >= most) {
      return ofTheOthers;
    }
    TokenBucket fresh = new TokenBucket(rate, now);
    budgets.put(whose, fresh);
    return fresh;
  }
}
