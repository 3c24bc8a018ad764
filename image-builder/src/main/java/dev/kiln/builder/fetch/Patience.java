package dev.kiln.builder.fetch;

import java.time.Duration;

/**
 * How long a remote side is waited for, and how often it is asked again.
 *
 * @param connect for the connection; short, so that a dead first address costs little
 * @param stall for the answer's head, and for each further {@link #STALL_BYTES} of its body
 * @param attempts at one address, while its failures look passing
 * @param pause before the second attempt; doubled before each further one
 */
public record Patience(Duration connect, Duration stall, int attempts, Duration pause) {
  /** A body that brings fewer bytes than this in the time of a stall has stalled. */
  public static final long STALL_BYTES = 1024;

  /** What suits the mirrors of the world. */
  public static final Patience USUAL =
      new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30), 4, Duration.ofMillis(500));

  /** Where only a word is wanted, and somebody waits for it. */
  public static final Patience OF_A_QUESTION =
      new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), 2, Duration.ofMillis(500));

  Duration pauseAfter(int attempt) {
    return pause.multipliedBy(1L << Math.min(attempt - 1, 10));
  }
}
