package dev.kiln.bootserver.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which pieces of files were read a moment ago, and so are in memory still: where many machines
 * fetch one file, it is read ahead once for all of them. On any thread.
 */
final class RecentlyRead {
  private static final long MOMENT_NANOS = Duration.ofSeconds(5).toNanos();

  /** Pieces of a mebibyte: more than anybody has memory for. */
  private static final int MOST = 100_000;

  private final Map<Piece, Long> read = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /** Where a piece begins. */
  private record Piece(Path file, long at) {}

  /**
   * None.
   *
   * @param nanos counts nanoseconds, never back
   */
  RecentlyRead(LongSupplier nanos) {
    this.nanos = nanos;
  }

  boolean has(Path file, long at) {
    Long when = read.get(new Piece(file, at));
    return when != null && nanos.getAsLong() - when < MOMENT_NANOS;
  }

  void add(Path file, long at) {
    if (read.size() >= MOST) {
      long now = nanos.getAsLong();
      read.values().removeIf(when -> now - when >= MOMENT_NANOS);
    }
    if (read.size() < MOST) {
      read.put(new Piece(file, at), nanos.getAsLong());
    }
  }
}
