package dev.kiln.bootserver.event;

import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Events that a test waits for. */
public final class Events implements EventLog {
  private static final long DEADLINE_SECONDS = 120;

  private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>();
  private final List<Event> seen = new ArrayList<>();

  /** An event with a text of its own. */
  public static Event seen(Instant at, MacAddress mac, Step step, String text) {
    return Event.seen(at, mac, step, Values.of(Field.TEXT, text));
  }

  @Override
  public void record(Event event) {
    queue.add(event);
  }

  /** Waits for the next event of a step; those before it are passed over. */
  public Event await(Step step) throws InterruptedException {
    while (true) {
      Event event = queue.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no event '" + step + "' came; only " + seen);
      }
      seen.add(event);
      if (event.step() == step) {
        return event;
      }
    }
  }

  /** The same, in words. */
  public String awaitText(Step step) throws InterruptedException {
    return EventText.of(await(step));
  }

  /** Every event that was waited for or passed over. */
  public List<Event> seen() {
    return List.copyOf(seen);
  }

  /** Every event that came, in order. */
  public List<Event> all() {
    queue.drainTo(seen);
    return seen();
  }
}
