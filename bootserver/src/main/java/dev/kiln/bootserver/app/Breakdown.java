package dev.kiln.bootserver.app;

import dev.kiln.command.ExitCode;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an {@link Error} that nobody mends: memory is gone, or the program is broken, and
 * some thread is no more. Half a server answers worse than none, so the process ends, with one line
 * in the log, and whoever supervises it starts it again. What was confirmed is on the disk.
 *
 * <p>Every thread of the process comes here in the end, as its uncaught exception handler; who
 * catches errors for a thread, as Netty does, hands them to that handler.
 */
public final class Breakdown implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Breakdown.class);

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
  static void report(Throwable failure) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
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
