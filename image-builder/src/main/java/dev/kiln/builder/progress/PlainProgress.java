package dev.kiln.builder.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Plain lines for logs and continuous integration; a bar is a line for each quarter. */
public final class PlainProgress extends TimedSteps {
  private final List<StepLog> logs = new ArrayList<>();

  public PlainProgress(String job, PrintStream out, Optional<Appendable> log) {
    logs.add(new StepLog(job, out));
    log.ifPresent(appendable -> logs.add(new StepLog(job, appendable)));
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
  public Bar bar(String label, long total) {
    return new Quarters(label, total);
  }

  private final class Quarters implements Bar {
    private final String label;
    private final long total;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong told = new AtomicLong();

    Quarters(String label, long total) {
      this.label = label;
      this.total = total;
    }

    @Override
    public void advance(long amount) {
      long now = done.addAndGet(amount);
      long quarter = total <= 0 ? 0 : Math.min(4, now * 4 / total);
      long before = told.getAndAccumulate(quarter, Math::max);
      if (quarter > before) {
        String line = label + " " + quarter * 25 + "% of " + Amount.of(total);
        logs.get(0).line(line);
      }
    }

    @Override
    public void close() {}
  }
}
