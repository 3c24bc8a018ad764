package dev.kiln.bootserver.app;

import dev.kiln.bootserver.health.Breakdown;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files again every few seconds, off the event loop, one look at a time. A look that
 * is under way when it ends is waited for.
 */
final class KeepCurrent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeepCurrent.class);
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Vertx vertx;
  // One of its own: the others may all wait for a disk that is slow.
  private final WorkerExecutor worker;
  private final CurrentFiles files;
  private final Runnable beside;
  private final ChangeWatch watch;
  private volatile boolean ended;

  private KeepCurrent(Vertx vertx, CurrentFiles files, Runnable beside, ChangeWatch watch) {
    this.vertx = vertx;
    this.worker = vertx.createSharedWorkerExecutor("look", 1);
    this.files = files;
    this.beside = beside;
    this.watch = watch;
  }

  /**
   * Starts.
   *
   * @param inventory the directories that hold many files, which are looked at where they changed
   * @param beside looks at other files, each time
   */
  static KeepCurrent start(Vertx vertx, CurrentFiles files, List<Path> inventory, Runnable beside) {
    KeepCurrent keeping =
        new KeepCurrent(vertx, files, beside, ChangeWatch.of(inventory, System::nanoTime));
    keeping.again();
    return keeping;
  }

  private void again() {
    if (!ended) {
      vertx.setTimer(
          EVERY.toMillis(),
          timer ->
              worker
                  .executeBlocking(this::look)
                  .onFailure(this::complain)
                  .onComplete(looked -> again()));
    }
  }

  /** What is broken off by the end is no defect. */
  private void complain(Throwable defect) {
    Breakdown.reportIfError(defect);
    if (!ended) {
      LOG.error("The files could not be looked at", defect);
    }
  }

  private synchronized boolean look() {
    if (!ended) {
      if (watch.mayHaveChanged()) {
        files.refresh();
      } else {
        files.glance();
      }
      beside.run();
    }
    return true;
  }

  @Override
  public synchronized void close() throws Exception {
    ended = true;
    watch.close();
  }
}
