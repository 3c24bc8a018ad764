package dev.kiln.builder.fetch;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.KilnException.Kind;
import dev.kiln.failure.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Does many things, a few at a time, and gathers every failure before it fails. */
public final class Crew<T> implements AutoCloseable {
  private static final int SHOWN = 10;

  /** All waiting ends by an interrupt; what is left is one write to a disk. */
  private static final int END_SECONDS = 60;

  private final ExecutorService workers;
  private final List<Future<T>> results = new ArrayList<>();

  public Crew(int atOnce) {
    workers = Executors.newFixedThreadPool(atOnce);
  }

  /** Begins a piece of work as soon as somebody is free. Any thread may call it. */
  public synchronized void start(Supplier<T> work) {
    results.add(workers.submit(work::get));
  }

  /**
   * Waits for all that was started.
   *
   * @return the results, in the order in which the work was started
   * @throws KilnException with all problems, where some were the fault of what was worked on; any
   *     other failure, such as a full disk, is thrown as soon as it is met
   */
  public synchronized List<T> finish() {
    List<T> done = new ArrayList<>();
    List<KilnException> failures = new ArrayList<>();
    for (Future<T> result : results) {
      try {
        done.add(result.get());
      } catch (ExecutionException e) {
        failures.add(gathered(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KilnException(Kind.DEPENDENCY, "interrupted", "Run it again", e);
      }
    }
    if (!failures.isEmpty()) {
      throw all(failures);
    }
    return done;
  }

  /**
   * Ends the work that is still going on, where it was given up, and waits for its end: whoever
   * goes on, or ends the program, finds nobody at work.
   */
  @Override
  public void close() {
    workers.shutdownNow();
    // Also where it is this thread that was interrupted.
    boolean interrupted = Thread.interrupted();
    try {
      if (!workers.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("work that was given up does not end");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A dead mirror fails hundreds of downloads in the same words. */
  private static List<Problem> shown(List<Problem> problems) {
    if (problems.size() <= SHOWN) {
      return problems;
    }
    List<Problem> shown = new ArrayList<>(problems.subList(0, SHOWN));
    shown.add(Problem.of("and " + (problems.size() - SHOWN) + " more like these", ""));
    return shown;
  }

  private static KilnException gathered(ExecutionException e) {
    if (e.getCause() instanceof KilnException failure
        && (failure.kind() == Kind.INPUT || failure.kind() == Kind.DEPENDENCY)) {
      return failure;
    }
    if (e.getCause() instanceof RuntimeException failure) {
      throw failure;
    }
    if (e.getCause() instanceof Error failure) {
      throw failure;
    }
    throw new IllegalStateException(e.getCause());
  }

  private static KilnException all(List<KilnException> failures) {
    List<Problem> problems = shown(failures.stream().flatMap(f -> f.problems().stream()).toList());
    boolean input = failures.stream().anyMatch(f -> f.kind() == Kind.INPUT);
    return new KilnException(input ? Kind.INPUT : Kind.DEPENDENCY, problems, failures.get(0));
  }
}
