package dev.kiln.bootserver.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. All that waits becomes one transaction, so that many changes share
 * the price of one disk flush.
 */
final class WriterThread {
  private static final Logger LOG = LoggerFactory.getLogger(WriterThread.class);
  private static final int CAPACITY = 20_000;
  private static final int BATCH = 1_000;

  private final BlockingQueue<Write<?>> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Session session;
  private final Thread thread;
  private volatile boolean healthy = true;

  private WriterThread(Session session) {
    this.session = session;
    this.thread = new Thread(this::run, "state-writer");
  }

  static WriterThread start(Session session) {
    WriterThread writer = new WriterThread(session);
    writer.thread.start();
    return writer;
  }

  /** False where too much waits already, or the end has come. */
  boolean offer(Write<?> write) {
    return !closing.get() && queue.offer(write);
  }

  boolean healthy() {
    return healthy && thread.isAlive();
  }

  int backlog() {
    return queue.size();
  }

  /** Takes nothing more, writes what waits, and ends. */
  void close() {
    if (closing.compareAndSet(false, true)) {
      try {
        queue.put(new Write<>(session -> true));
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    List<Write<?>> batch = new ArrayList<>();
    try (session) {
      while (!closing.get() || !queue.isEmpty()) {
        batch.add(queue.take());
        queue.drainTo(batch, BATCH - 1);
        write(batch);
        batch.clear();
      }
      refuseTheRest();
    } catch (InterruptedException e) {
      LOG.error("The state's writer was interrupted; nothing is written any more.");
    } catch (SQLException e) {
      LOG.warn("The state did not close cleanly: {}", e.getMessage());
    }
  }

  /** What was offered in the very moment of the end. */
  private void refuseTheRest() {
    for (Write<?> write = queue.poll(); write != null; write = queue.poll()) {
      write.fail(new IllegalStateException("the state is closed"));
    }
  }

  private void write(List<Write<?>> batch) {
    try {
      for (Write<?> write : batch) {
        write.run(session);
      }
      session.commit();
      healthy = true;
    } catch (SQLException | RuntimeException e) {
      rollback();
      retrySingly(batch, e);
      return;
    }
    batch.forEach(Write::confirm);
  }

  /** One bad change must not take the others of its batch with it. */
  private void retrySingly(List<Write<?>> batch, Exception reason) {
    if (batch.size() == 1) {
      healthy = false;
      LOG.error("The state cannot be written: {}", reason.getMessage());
      batch.get(0).fail(reason);
    } else {
      batch.forEach(write -> write(List.of(write)));
    }
  }

  private void rollback() {
    try {
      session.rollback();
    } catch (SQLException e) {
      LOG.error("The state cannot be rolled back: {}", e.getMessage());
    }
  }
}
