package dev.kiln.builder.progress;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers what was told: {@code began fetch}, {@code ended fetch}, {@code bar fetch 100}. */
public final class RecordingProgress extends TimedSteps {
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final AtomicLong advanced = new AtomicLong();

  /** In the order they came. */
  public List<String> events() {
    return List.copyOf(events);
  }

  /** The sum over all bars. */
  public long advanced() {
    return advanced.get();
  }

  @Override
  void began(String path) {
    events.add("began " + path);
  }

  @Override
  void ended(String path, Duration duration) {
    events.add("ended " + path);
  }

  @Override
  void failed(String path, Duration duration) {
    events.add("failed " + path);
  }

  @Override
  public Bar bar(String label, long total) {
    events.add("bar " + label + " " + total);
    return new Bar() {
      @Override
      public void advance(long amount) {
        advanced.addAndGet(amount);
      }

      @Override
      public void close() {
        events.add("closed " + label);
      }
    };
  }

  @Override
  public void note(String line) {
    events.add("note " + line);
  }

  @Override
  public void detail(String line) {
    events.add("detail " + line);
  }
}
