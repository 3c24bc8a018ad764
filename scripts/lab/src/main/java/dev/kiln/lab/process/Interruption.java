package dev.kiln.lab.process;

import dev.kiln.failure.KilnException;

/** What becomes of a thread that is told to stop while it waits. */
public final class Interruption {
  private Interruption() {}

  /** Keeps the thread's interrupted state and says what was going on. */
  public static KilnException of(InterruptedException cause, String doing) {
    Thread.currentThread().interrupt();
    return new KilnException(
        KilnException.Kind.IO, "stopped while " + doing, "Start it again", cause);
  }
}
