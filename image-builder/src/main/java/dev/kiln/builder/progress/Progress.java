package dev.kiln.builder.progress;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Where a job tells what it is doing. The log of a job is the list of its steps, with times. */
public interface Progress {
  /**
   * Does one step and tells when it began, when it ended and how long it took. Steps may be nested;
   * a step inside another on the same thread is shown below it.
   *
   * <p>An unchecked exception passes through as it is; an {@link java.io.IOException} becomes a
   * {@link dev.kiln.failure.KilnException} that names the step.
   *
   * @param name a verb phrase without spaces, such as {@code install-packages}
   */
  <T> T step(String name, Callable<T> work);

  /** A {@link #step(String, Callable)} without a result. */
  default void step(String name, Work work) {
    Callable<Boolean> callable =
        () -> {
          work.run();
          return true;
        };
    step(name, callable);
  }

  /**
   * Shows how far something has come, until the bar is closed.
   *
   * @param total what {@link Bar#advance} will add up to, in bytes; 0 where it is not known
   */
  Bar bar(String label, long total);

  /** A line for whoever watches, and for the log: something that is not as it should be. */
  void note(String line);

  /** A line for the log alone: what a step's own program said. */
  void detail(String line);

  /** What a step without a result does. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /**
   * Bars that redraw themselves where a person watches standard error, plain lines elsewhere.
   * Standard output is left to results.
   *
   * @param job names the job in each plain line, such as {@code bake=7f3a}
   * @param log also receives the plain lines; it is flushed and closed by its owner
   */
  static Progress open(String job, Optional<Appendable> log, Map<String, String> environment) {
    return Terminal.watched(environment)
        ? new TerminalProgress(job, System.err, log)
        : new PlainProgress(job, System.err, log);
  }
}
