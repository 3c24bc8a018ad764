package dev.kiln.builder.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Plain lines for logs and continuous integration; a bar is a line now and then. */
public final class PlainProgress extends TimedSteps {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final List<StepLog> logs = new ArrayList<>();
  private final InstantSource clock;

  public PlainProgress(String job, PrintStream out, Optional<Appendable> log) {
    this(job, out, log, InstantSource.system());
  }

  /** With a clock of one's own. */
  PlainProgress(String job, PrintStream out, Optional<Appendable> log, InstantSource clock) {
    this.clock = clock;
    logs.add(new StepLog(job, out, clock));
    log.ifPresent(appendable -> logs.add(new StepLog(job, appendable, clock)));
  }

  @Override
  void began(String path) {
    logs.forEach(log -> log.began(path));
  }

  @Override
  void ended(String path, Duration duration) {
    logs.forEach(log -> log.ended(path, duration));
  }

  @Override
  void failed(String path, Duration duration) {
    logs.forEach(log -> log.failed(path, duration));
  }

  @Override
  public void note(String line) {
    logs.forEach(log -> log.line(line));
  }

  @Override
  public void detail(String line) {
    logs.stream().skip(1).forEach(log -> log.line(line));
  }

  @Override
  public Bar bar(String label, long total) {
    return new Lines(label, total);
  }

  /** What is done sooner says nothing but its step: that is a line already. */
  private final class Lines implements Bar {
    private final String label;
    private final long total;
    private final AtomicLong done = new AtomicLong();
    private final AtomicReference<Instant> told = new AtomicReference<>(clock.instant());

    Lines(String label, long total) {
      this.label = label;
      this.total = total;
    }

    @Override
    public void advance(long amount) {
      long moved = done.addAndGet(amount);
      Instant now = clock.instant();
      Instant last = told.get();
      // A clock that was set back is no reason to say nothing.
      boolean due = Duration.between(last, now).abs().compareTo(EVERY) >= 0;
      if (due && told.compareAndSet(last, now)) {
        logs.get(0).line(label + " " + Amount.of(moved, total));
      }
    }

    @Override
    public void close() {}
  }
}
