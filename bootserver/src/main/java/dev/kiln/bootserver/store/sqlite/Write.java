package dev.kiln.bootserver.store.sqlite;

import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Something to do in the next transaction, and who waits for it. It may be done a second time,
 * where the first transaction was rolled back.
 */
final class Write<T> {
  private final Work<T> work;
  private final CompletableFuture<T> done = new CompletableFuture<>();
  private @Nullable T result;

  Write(Work<T> work) {
    this.work = work;
  }

  /** Reads and changes rows, and nothing else. */
  interface Work<T> {
    T run(Session session) throws SQLException;
  }

  CompletableFuture<T> done() {
    return done;
  }

  void run(Session session) throws SQLException {
    result = work.run(session);
  }

  /** Called when the transaction is durable. */
  void confirm() {
    done.complete(Objects.requireNonNull(result));
  }

  void fail(Throwable reason) {
    done.completeExceptionally(reason);
  }
}
