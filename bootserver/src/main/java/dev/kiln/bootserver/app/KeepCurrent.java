package dev.kiln.bootserver.app;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Looks at the directories again every few seconds, off the event loop, one look at a time. */
final class KeepCurrent {
  private static final Duration EVERY = Duration.ofSeconds(2);

  private KeepCurrent() {}

  static void start(Vertx vertx, CurrentFiles files) {
    vertx.setTimer(
        EVERY.toMillis(),
        timer ->
            vertx
                .executeBlocking(
                    () -> {
                      files.refresh();
                      return true;
                    })
                .onComplete(looked -> start(vertx, files)));
  }
}
