package dev.kiln.campaign;

import java.time.Duration;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A test of random input. Every run of the suite gives it the same seeds, so that it fails for what
 * changed and never by chance. {@code scripts/prove} gives it new ones for minutes ({@code
 * -Dprove.minutes}); a seed that fails there is named, and begins any later run with {@code
 * -Dprove.seed}.
 */
public final class Campaign {
  private Campaign() {}

  /** What is done with each seed. */
  @FunctionalInterface
  public interface Round {
    /**
     * Tests with what a seed gives.
     *
     * @return whether the round counts, in the sense of the test
     */
    boolean run(Random random) throws Exception;
  }

  /**
   * Runs the rounds, or as many as there is time for.
   *
   * @param rounds at least these
   * @return how many of them counted
   * @throws AssertionError where a round threw anything, with its seed
   */
  public static int count(int rounds, Round round) {
    long minutes = Long.getLong("prove.minutes", 0);
    long first = Long.getLong("prove.seed", minutes == 0 ? 0 : new Random().nextLong());
    long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
    int counted = 0;
    int done = 0;
    for (; done < rounds || System.nanoTime() < end; done++) {
      counted += counts(first + done, round) ? 1 : 0;
    }
    if (minutes > 0) {
      System.out.printf("campaign: %d rounds from seed %d, counted %d%n", done, first, counted);
    }
    return counted;
  }

  private static boolean counts(long seed, Round round) {
    try {
      // Neighbouring seeds of Random begin alike; those of SplittableRandom do not.
      return round.run(new Random(new SplittableRandom(seed).nextLong()));
    } catch (Exception | Error e) {
      throw new AssertionError("-Dprove.seed=" + seed + ": " + e.getMessage(), e);
    }
  }
}
