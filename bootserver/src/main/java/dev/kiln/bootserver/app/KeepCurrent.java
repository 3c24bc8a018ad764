package dev.kiln.bootserver.app;

import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the directories again every few seconds, off the event loop, one look at a time. */
final class KeepCurrent {
  private static final Logger LOG = LoggerFactory.getLogger(KeepCurrent.class);
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
                .onFailure(defect -> LOG.error("The files could not be looked at", defect))
                .onComplete(looked -> start(vertx, files)));
  }
}
