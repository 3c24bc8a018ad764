package dev.kiln.bootserver.http;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Until when something must have happened; nothing but that moves it. On one event loop alone. */
final class Deadline {
  private static final long NONE = -1;

  private final Vertx vertx;
  private final Runnable missed;
  private long timer = NONE;

  Deadline(Vertx vertx, Runnable missed) {
    this.vertx = vertx;
    this.missed = missed;
  }

  void within(Duration time) {
    met();
    timer = vertx.setTimer(time.toMillis(), fired -> missed.run());
  }

  void met() {
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }
}
