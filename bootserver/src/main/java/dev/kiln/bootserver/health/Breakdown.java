package dev.kiln.bootserver.health;

import dev.kiln.command.ExitCode;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an {@link Error} that nobody mends: memory is gone, or the program is broken, and
 * some thread is no more. Half a server answers worse than none, so the process ends, with one line
 * in the log, and whoever supervises it starts it again. What was confirmed is on the disk.
 *
 * <p>Every thread of the process comes here in the end, as its uncaught exception handler. Most
 * errors never end a thread: event loops, executors, futures and handlers of packets catch all that
 * they meet. Whoever does so here hands it on to {@link #reportIfError}, what another runs later
 * goes through {@link #watching}, and what libraries caught and write into the log {@link
 * ErrorsInLog} finds there.
 */
public final class Breakdown implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Breakdown.class);

  /** Causes of causes; futures and codecs wrap what they caught once or twice. */
  private static final int DEEPEST = 16;

  private final AtomicBoolean ending = new AtomicBoolean();
  private final IntConsumer end;

  /**
   * Begins with nothing broken.
   *
   * @param end ends the process at once with an exit code
   */
  public Breakdown(IntConsumer end) {
    this.end = end;
  }

  /** The handler of this thread takes a failure which somebody caught for it. */
  public static void report(Throwable failure) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
  }

  /**
   * Takes what was caught so that one packet, request or look does not end the service: an error is
   * not that packet's alone. Does nothing where it is none, and comes from none.
   */
  public static void reportIfError(@Nullable Throwable caught) {
    Throwable cause = caught;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof Error) {
        report(cause);
        return;
      }
      cause = cause.getCause();
    }
  }

  /** The same work, for an executor that keeps to itself what it meets. */
  public static Runnable watching(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (Error e) {
        report(e);
        throw e;
      }
    };
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (!(failure instanceof Error)) {
      LOG.error("A defect in thread {}: {}", thread.getName(), failure.toString());
      LOG.debug("This is where:", failure);
    } else if (ending.compareAndSet(false, true)) {
      ExitCode code = failure instanceof VirtualMachineError ? ExitCode.IO : ExitCode.BUG;
      try {
        LOG.error(
            "The boot server cannot go on and ends with {}: {} in thread {}",
            code.code(),
            failure.toString(),
            thread.getName());
      } finally {
        end.accept(code.code());
      }
    }
  }
}
