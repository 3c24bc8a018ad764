package dev.kiln.bootserver.store.sqlite;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A disk that takes its time, as a change that does not come to its end. */
final class Slow {
  private Slow() {}

  /** Waits, a minute at most. */
  static boolean until(CountDownLatch done) {
    try {
      return done.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
