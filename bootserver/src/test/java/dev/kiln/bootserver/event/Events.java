package dev.kiln.bootserver.event;

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

  @Override
  public void record(Event event) {
    queue.add(event);
  }

  /** Waits for the next event of a step; those before it are passed over. */
  public Event await(String step) throws InterruptedException {
    while (true) {
      Event event = queue.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no event '" + step + "' came; only " + seen);
      }
      seen.add(event);
      if (event.step().equals(step)) {
        return event;
      }
    }
  }

  /** Every event that was waited for or passed over. */
  public List<Event> seen() {
    return List.copyOf(seen);
  }
}
