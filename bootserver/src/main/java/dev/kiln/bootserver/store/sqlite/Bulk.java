package dev.kiln.bootserver.store.sqlite;

import dev.kiln.failure.KilnException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gathers what comes until the writer has time for it, and has all of that written at once: in a
 * quiet hour one by one, in a storm many together. What comes while {@value #CAPACITY} wait is
 * dropped.
 *
 * @param <T> what is written
 * @param <R> what comes of it
 */
final class Bulk<T, R> {
  /** Twice what 5,000 machines make that ask DHCP at one moment; some 16 MB. */
  static final int CAPACITY = 40_000;

  private final BlockingQueue<Waiting<T, R>> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicLong dropped = new AtomicLong();
  private final WriterThread writer;
  private final Rows<T, R> rows;

  /** Writes them all, in their order, and returns what comes of each. */
  interface Rows<T, R> {
    List<R> write(Session session, List<T> batch) throws SQLException;
  }

  private record Waiting<T, R>(T item, CompletableFuture<R> done) {}

  Bulk(WriterThread writer, Rows<T, R> rows) {
    this.writer = writer;
    this.rows = rows;
  }

  /**
   * Returns at once, on any thread. The stage completes when it is committed, in the order of
   * calls, and fails where it is dropped or not written.
   */
  CompletionStage<R> add(T item) {
    Waiting<T, R> one = new Waiting<>(item, new CompletableFuture<>());
    if (!waiting.offer(one)) {
      dropped.incrementAndGet();
      one.done.completeExceptionally(
          KilnException.dependency(
              "the record cannot be written as fast as requests arrive",
              "Put the state directory on a faster disk"));
    }
    if (asked.compareAndSet(false, true)) {
      List<Waiting<T, R>> batch = new ArrayList<>();
      writer
          .submit(
              session -> {
                gather(batch);
                return rows.write(session, batch.stream().map(Waiting::item).toList());
              })
          .whenComplete(
              (written, failure) -> {
                if (failure != null) {
                  notWritten(batch, failure);
                } else {
                  tell(batch, written);
                }
              });
    }
    return one.done;
  }

  private static <T, R> void tell(List<Waiting<T, R>> batch, List<R> written) {
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).done.complete(written.get(i));
    }
  }

  /** What was not taken yet goes on waiting: for the next that comes. */
  private void notWritten(List<Waiting<T, R>> batch, Throwable failure) {
    dropped.addAndGet(batch.size());
    if (batch.isEmpty()) {
      asked.set(false);
    }
    batch.forEach(one -> one.done.completeExceptionally(failure));
  }

  /** A transaction that was rolled back is done again: with the same. */
  private void gather(List<Waiting<T, R>> batch) {
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
