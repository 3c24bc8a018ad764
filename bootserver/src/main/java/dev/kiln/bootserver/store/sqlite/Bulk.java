package dev.kiln.bootserver.store.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gathers what comes until the writer has time for it, and has all of that written at once: in a
 * quiet hour one by one, in a storm many together. What comes while {@value #CAPACITY} wait is
 * dropped.
 */
final class Bulk<T> {
  static final int CAPACITY = 10_000;

  private final BlockingQueue<T> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicLong dropped = new AtomicLong();
  private final WriterThread writer;
  private final Rows<T> rows;

  /** Writes them all, in their order. */
  interface Rows<T> {
    void write(Session session, List<T> batch) throws SQLException;
  }

  Bulk(WriterThread writer, Rows<T> rows) {
    this.writer = writer;
    this.rows = rows;
  }

  /** Returns at once, on any thread. */
  void add(T item) {
    if (!waiting.offer(item)) {
      dropped.incrementAndGet();
    }
    if (asked.compareAndSet(false, true)) {
      List<T> batch = new ArrayList<>();
      writer
          .submit(
              session -> {
                gather(batch);
                rows.write(session, batch);
                return batch.size();
              })
          .whenComplete(
              (written, failure) -> {
                if (failure != null) {
                  notWritten(batch);
                }
              });
    }
  }

  /** What was not taken yet goes on waiting: for the next that comes. */
  private void notWritten(List<T> batch) {
    dropped.addAndGet(batch.size());
    if (batch.isEmpty()) {
      asked.set(false);
    }
  }

  /** A transaction that was rolled back is done again: with the same. */
  private void gather(List<T> batch) {
    if (batch.isEmpty()) {
      asked.set(false);
      waiting.drainTo(batch);
    }
  }

  /** What was not written, since this process started. */
  long dropped() {
    return dropped.get();
  }
}
