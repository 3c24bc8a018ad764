package dev.kiln.bootserver.net;

import java.time.Duration;
import java.util.Optional;

/**
 * One address that is asked for. The kernel's neighbour table tells what answered, and keeps it for
 * long: an entry that was there before may be of a machine that is gone. Such an entry is doubted:
 * whoever goes on sending to it makes the kernel ask, and lose it where nothing answers (RFC 4861
 * §7.3, which Linux does for ARP too: at most 45 seconds reachable, 5 delayed, 3 probed).
 */
final class Inquiry {
  /** Linux asks at once and again after a second: time for both, and for the answer. */
  static final long FRESH_NANOS = Duration.ofMillis(1100).toNanos();

  static final long DOUBTED_NANOS = Duration.ofSeconds(60).toNanos();

  private final long begun;
  private boolean doubted;
  private long askedFresh;

  /**
   * Begins, before anything is sent.
   *
   * @param entry what the table says already
   * @param now nanoseconds of a clock that never goes back, as all times here
   */
  Inquiry(Optional<MacAddress> entry, long now) {
    this.begun = now;
    this.doubted = entry.isPresent();
    this.askedFresh = now;
  }

  /** What the end is. */
  record Verdict(Optional<MacAddress> card) {}

  /**
   * Looks at the table's entry; empty where that is no verdict yet.
   *
   * @param entry empty where there is none, or none with a hardware address
   */
  Optional<Verdict> look(Optional<MacAddress> entry, long now) {
    if (entry.isPresent()) {
      boolean sure = !doubted || now - begun >= DOUBTED_NANOS;
      return sure ? Optional.of(new Verdict(entry)) : Optional.empty();
    }
    if (doubted) {
      doubted = false;
      askedFresh = now;
    }
    return now - askedFresh >= FRESH_NANOS
        ? Optional.of(new Verdict(Optional.empty()))
        : Optional.empty();
  }
}
