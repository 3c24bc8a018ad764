package dev.kiln.builder.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Steps as an indented list with times, and below it bars that redraw themselves. */
public final class TerminalProgress extends TimedSteps {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintStream out;
  private final Optional<StepLog> log;
  private final Set<TerminalBar> bars = new LinkedHashSet<>();
  private int drawn;
  private long lastDrawn = System.nanoTime() - REDRAW_NANOS;

  public TerminalProgress(String job, PrintStream out, Optional<Appendable> log) {
    this.out = out;
    this.log = log.map(appendable -> new StepLog(job, appendable, InstantSource.system()));
  }

  @Override
  void began(String path) {
    log.ifPresent(lines -> lines.began(path));
    print(indented(path) + " …");
  }

  @Override
  void ended(String path, Duration duration) {
    log.ifPresent(lines -> lines.ended(path, duration));
    print(indented(path) + " " + seconds(duration));
  }

  @Override
  void failed(String path, Duration duration) {
    log.ifPresent(lines -> lines.failed(path, duration));
    print(indented(path) + " failed after " + seconds(duration));
  }

  @Override
  public void note(String line) {
    log.ifPresent(lines -> lines.line(line));
    print(line);
  }

  @Override
  public void detail(String line) {
    log.ifPresent(lines -> lines.line(line));
  }

  @Override
  public synchronized Bar bar(String label, long total) {
    TerminalBar bar = new TerminalBar(label, total);
    bars.add(bar);
    draw();
    return bar;
  }

  private static String indented(String path) {
    int depth = (int) path.chars().filter(c -> c == '/').count();
    return "  ".repeat(depth) + path.substring(path.lastIndexOf('/') + 1);
  }

  private synchronized void print(String line) {
    erase();
    out.println(line);
    draw();
  }

  private synchronized void redraw() {
    if (System.nanoTime() - lastDrawn >= REDRAW_NANOS) {
      erase();
      draw();
    }
  }

  private synchronized void remove(TerminalBar bar) {
    erase();
    bars.remove(bar);
    draw();
  }

  /** Takes the cursor up over the bars and clears from there to the end of the screen (ECMA-48). */
  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\u001b[J");
      drawn = 0;
    }
  }

  private void draw() {
    for (TerminalBar bar : bars) {
      out.println(bar.line());
      drawn++;
    }
    out.flush();
    lastDrawn = System.nanoTime();
  }

  private final class TerminalBar implements Bar {
    private final String label;
    private final long total;
    private final AtomicLong done = new AtomicLong();

    TerminalBar(String label, long total) {
      this.label = label;
      this.total = total;
    }

    String line() {
      long now = done.get();
      if (total <= 0) {
        return label + " " + Amount.of(now);
      }
      int full = (int) Math.max(0, Math.min(WIDTH, now * WIDTH / total));
      String picture = "#".repeat(full) + "-".repeat(WIDTH - full);
      return label + " [" + picture + "] " + Amount.of(now, total);
    }

    @Override
    public void advance(long amount) {
      done.addAndGet(amount);
      redraw();
    }

    @Override
    public void close() {
      remove(this);
    }
  }
}
