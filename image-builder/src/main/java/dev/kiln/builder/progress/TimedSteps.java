package dev.kiln.builder.progress;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;

/** Runs steps, measures them and knows how they are nested; how they look is left open. */
abstract class TimedSteps implements Progress {
  private final ThreadLocal<Deque<String>> running = ThreadLocal.withInitial(ArrayDeque::new);

  /**
   * A step began.
   *
   * @param path its name, after the names of the steps around it, with slashes between them
   */
  abstract void began(String path);

  /** A step ended well. */
  abstract void ended(String path, Duration duration);

  /** A step ended with an exception, which is on its way to the caller. */
  abstract void failed(String path, Duration duration);

  @Override
  public final <T> T step(String name, Callable<T> work) {
    Deque<String> steps = running.get();
    String path = steps.isEmpty() ? name : steps.peek() + "/" + name;
    steps.push(path);
    began(path);
    long start = System.nanoTime();
    boolean done = false;
    try {
      T result = call(name, work);
      done = true;
      return result;
    } finally {
      steps.pop();
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      if (done) {
        ended(path, duration);
      } else {
        failed(path, duration);
      }
    }
  }

  private static <T> T call(String name, Callable<T> work) {
    try {
      return work.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (IOException e) {
      throw KilnException.io(name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KilnException(
          KilnException.Kind.DEPENDENCY, name + " was interrupted", "Run it again", e);
    } catch (Exception e) {
      throw new KilnException(KilnException.Kind.BUG, name + ": " + e, "Report it", e);
    }
  }

  /** The words of a plain line about a step: seconds, with one decimal. */
  static String seconds(Duration duration) {
    long tenths = (duration.toMillis() + 50) / 100;
    return tenths / 10 + "." + tenths % 10 + "s";
  }
}
