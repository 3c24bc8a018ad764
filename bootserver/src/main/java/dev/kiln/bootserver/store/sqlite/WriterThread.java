package dev.kiln.bootserver.store.sqlite;

import dev.kiln.failure.KilnException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes to a file. All that waits becomes one transaction, so that many
 * changes share the price of one disk flush.
 *
 * <p>Where the file cannot be written, those who wait are told, the file is opened anew and tried
 * again, also while nobody asks: the log says so once, and once more when it is well again. An
 * {@link Error} ends the thread, by its uncaught exception handler, and nothing more is taken.
 */
final class WriterThread {
  private static final Logger LOG = LoggerFactory.getLogger(WriterThread.class);
  private static final int CAPACITY = 20_000;
  private static final int BATCH = 1_000;

  /** How often the file is tried where nobody writes: what {@link #healthy} says is no older. */
  private static final long BEAT_MILLIS = 10_000;

  /** Between two tries of a file that cannot be written; what comes meanwhile is tried with it. */
  private static final long PAUSE_MILLIS = 250;

  private final BlockingQueue<Write<?>> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong failures = new AtomicLong();
  private final StateFile file;
  private final Opening opening;
  private final Remedy remedy;
  private final Thread thread;
  private @Nullable Session session;
  private volatile boolean closing;
  private volatile boolean ended;
  private volatile boolean healthy = true;

  /** Opens the file, as often as that is needed. */
  interface Opening {
    Session open() throws SQLException;
  }

  private WriterThread(StateFile file, Opening opening, Remedy remedy) {
    this.file = file;
    this.opening = opening;
    this.remedy = remedy;
    this.thread = new Thread(this::run, "writer-" + file.path().getFileName());
  }

  /**
   * Starts it.
   *
   * @param remedy of a file that fails; where there is none it is tried until it goes
   */
  static WriterThread start(StateFile file, Opening opening, Remedy remedy) {
    WriterThread writer = new WriterThread(file, opening, remedy);
    writer.thread.start();
    return writer;
  }

  /** Does this in the next transaction; completes when that is committed, in the order of calls. */
  <T> CompletionStage<T> submit(Write.Work<T> work) {
    Write<T> write = new Write<>(work);
    if (closing) {
      write.fail(new IllegalStateException("the state is closed"));
    } else if (!queue.offer(write)) {
      write.fail(
          KilnException.dependency(
              file.path() + " cannot be written as fast as requests arrive",
              "Put the state directory on a faster disk"));
    } else if (ended) {
      refuseTheRest();
    }
    return write.done();
  }

  /** What a write would find. */
  boolean healthy() {
    return healthy && !ended;
  }

  int backlog() {
    return queue.size();
  }

  /** Times that the file could not be written. */
  long failures() {
    return failures.get();
  }

  /** Takes nothing more, writes what waits, and ends. */
  void close() {
    if (!closing) {
      closing = true;
      // Wakes it; where the queue is full it is awake.
      boolean woken = queue.offer(new Write<>(session -> true));
      LOG.debug("The writer of {} ends, woken: {}", file.path(), woken);
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing || !queue.isEmpty()) {
        write(next());
      }
    } catch (RuntimeException e) {
      // Whatever it was: nobody writes any more.
      throw new AssertionError("the writer of " + file.path() + " ended", e);
    } finally {
      letGo();
      closing = true;
      ended = true;
      refuseTheRest();
    }
  }

  /** All that waits; after a while without anything, nothing, which is written too. */
  private List<Write<?>> next() {
    List<Write<?>> batch = new ArrayList<>();
    try {
      if (!healthy) {
        Thread.sleep(PAUSE_MILLIS);
      }
      Write<?> first = queue.poll(healthy ? BEAT_MILLIS : PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      if (first != null) {
        batch.add(first);
        queue.drainTo(batch, BATCH - 1);
      }
      return batch;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the writer of " + file.path(), e);
    }
  }

  private void write(List<Write<?>> batch) {
    try {
      Session writing = session == null ? opening.open() : session;
      session = writing;
      for (Write<?> write : batch) {
        write.run(writing);
      }
      writing.commit();
    } catch (SQLException | RuntimeException e) {
      // SQLite may have rolled back by itself; a connection after that is good for nothing.
      letGo();
      takeBack(batch, e);
      return;
    } catch (Error e) {
      batch.forEach(write -> write.fail(e));
      throw e;
    }
    sayThatItIsWell();
    batch.forEach(Write::confirm);
  }

  private void takeBack(List<Write<?>> batch, Exception reason) {
    if (remedy.mends(reason)) {
      write(batch);
    } else if (!StateTrouble.isOfTheChange(reason)) {
      KilnException trouble = StateTrouble.of(file, reason);
      sayThatItIsNot(trouble);
      batch.forEach(write -> write.fail(trouble));
    } else if (batch.size() > 1) {
      // One bad change must not take the others of its batch with it.
      batch.forEach(write -> write(List.of(write)));
    } else {
      LOG.error("A change of {} failed: {}", file.path(), reason.getMessage());
      batch.forEach(write -> write.fail(reason));
    }
  }

  private void sayThatItIsNot(KilnException trouble) {
    failures.incrementAndGet();
    if (healthy) {
      healthy = false;
      LOG.error("{} It is tried again until it goes.", trouble.getMessage());
      LOG.debug("This is where:", trouble);
    }
  }

  private void sayThatItIsWell() {
    if (!healthy) {
      healthy = true;
      LOG.info("The state in {} is written again.", file.path());
    }
  }

  private void letGo() {
    Session left = session;
    session = null;
    try {
      if (left != null) {
        left.close();
      }
    } catch (SQLException e) {
      LOG.debug("{} did not close cleanly", file.path(), e);
    }
  }

  /** What was offered in the very moment of the end. */
  private void refuseTheRest() {
    for (Write<?> write = queue.poll(); write != null; write = queue.poll()) {
      write.fail(new IllegalStateException("the state is closed"));
    }
  }
}
