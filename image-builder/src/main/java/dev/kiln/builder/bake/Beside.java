package dev.kiln.builder.bake;

import dev.kiln.builder.fetch.Crew;
import dev.kiln.failure.KilnException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Work that is done beside the flow, one piece after the other, from the moment when what it needs
 * is there.
 */
final class Beside<A> implements AutoCloseable {
  private final CompletableFuture<A> needed = new CompletableFuture<>();
  private final List<Work<?>> all = new ArrayList<>();
  private final Crew<Boolean> worker = new Crew<>(1);

  /** One piece of it. */
  static final class Work<B> {
    private final FutureTask<B> task;

    private Work(FutureTask<B> task) {
      this.task = task;
    }

    private boolean run() {
      task.run();
      return true;
    }

    /** Waits for its end; what it threw is thrown here. */
    B result() {
      try {
        return task.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        if (e.getCause() instanceof Error failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }

    /** Waits for its end, whatever comes of it: {@link #result} tells. */
    void settle() {
      try {
        task.get();
      } catch (ExecutionException e) {
        // It is told to whoever asks for the result.
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }

    private static KilnException interrupted(InterruptedException e) {
      Thread.currentThread().interrupt();
      return new KilnException(
          KilnException.Kind.DEPENDENCY, "the bake was interrupted", "Run it again", e);
    }
  }

  /** Adds a piece of work, before any begins. */
  <B> Work<B> then(Function<A, B> work) {
    Work<B> added = new Work<>(new FutureTask<>(() -> work.apply(needed.join())));
    all.add(added);
    return added;
  }

  /** Begins; what is needed is given once, and any other time is of no account. */
  void begin(A given) {
    if (needed.complete(given)) {
      all.forEach(work -> worker.start(work::run));
    }
  }

  /** Ends what is still going on, and waits for its end: nobody works in what goes then. */
  @Override
  public void close() {
    all.forEach(work -> work.task.cancel(true));
    worker.close();
  }
}
