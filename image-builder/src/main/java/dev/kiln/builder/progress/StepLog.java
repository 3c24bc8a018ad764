package dev.kiln.builder.progress;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Plain lines, one for each beginning and end: {@code 2026-11-29T09:30:12.417Z bake=7f3a step=fetch
 * 12.4s}. Each begins with its time, in UTC and to the millisecond (RFC 3339, section 5.6).
 */
final class StepLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final String job;
  private final Appendable out;
  private final InstantSource clock;

  StepLog(String job, Appendable out, InstantSource clock) {
    this.job = job;
    this.out = out;
    this.clock = clock;
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
      out.append(TIME.format(clock.instant()) + " " + job + " " + words + "\n");
    } catch (IOException e) {
      throw KilnException.io("write the log", e);
    }
  }
}
