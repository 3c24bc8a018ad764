package dev.kiln.builder.progress;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.time.Duration;

/** Plain lines, one for each beginning and end: {@code bake=7f3a step=fetch 12.4s}. */
final class StepLog {
  private final String job;
  private final Appendable out;

  StepLog(String job, Appendable out) {
    this.job = job;
    this.out = out;
  }

  void began(String path) {
    line("step=" + path + " …");
  }

  void ended(String path, Duration duration) {
    line("step=" + path + " " + TimedSteps.seconds(duration));
  }

  void failed(String path, Duration duration) {
    line("step=" + path + " failed after " + TimedSteps.seconds(duration));
  }

  /** One line, whole even when several threads write. */
  synchronized void line(String words) {
    try {
      out.append(job + " " + words + "\n");
    } catch (IOException e) {
      throw KilnException.io("write the log", e);
    }
  }
}
