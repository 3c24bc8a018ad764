package dev.kiln.bootserver.event;

import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Events that a test waits for, and forgets when it ends. */
public final class Events implements EventLog, Timeline {
  private static final long DEADLINE_SECONDS = 120;

  private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>();
  private final List<Event> seen = new ArrayList<>();
  private final List<StoredEvent> lines = new ArrayList<>();
  private final List<Boot> boots = new ArrayList<>();
  private final Function<MacAddress, Standing> standings;
  private long number;

  private record Boot(
      Optional<MacAddress> mac, long number, Instant begun, BootOrder.Stage stage) {}

  public Events() {
    this(mac -> Standing.NAMED);
  }

  public Events(Function<MacAddress, Standing> standings) {
    this.standings = standings;
  }

  /** An event with a text of its own. */
  public static Event seen(Instant at, MacAddress mac, Step step, String text) {
    return Event.seen(at, mac, step, Values.of(Field.TEXT, text));
  }

  @Override
  public synchronized CompletionStage<Recording> record(Event event) {
    queue.add(event);
    Boot boot = bootOf(event);
    Values as = keeps(boot, event) ? event.values() : Values.MORE;
    Event written = new Event(event.at(), event.mac(), event.step(), as, event.claimed());
    StoredEvent line = line(boot, written);
    forget();
    return CompletableFuture.completedStage(
        as.equals(event.values()) ? new Recording.Stored(line) : new Recording.Counted(line));
  }

  @Override
  public synchronized CompletionStage<List<StoredEvent>> read(
      Collection<MacAddress> macs, long after, int limit) {
    return CompletableFuture.completedStage(
        lines.stream()
            .filter(line -> line.event().mac().filter(macs::contains).isPresent())
            .filter(line -> line.number() > after)
            .limit(limit)
            .toList());
  }

  private Boot bootOf(Event event) {
    List<Boot> ofCard = boots.stream().filter(boot -> boot.mac.equals(event.mac())).toList();
    Optional<Boot> latest = ofCard.stream().reduce((one, next) -> next);
    BootOrder.Place place =
        latest.isEmpty() ? BootOrder.first(event) : BootOrder.next(latest.get().stage, event);
    Instant since = event.at().minus(BootOrder.WITHIN);
    boolean begins =
        latest.isEmpty()
            || (place.begins()
                && event.mac().isPresent()
                && ofCard.stream().filter(boot -> boot.begun.isAfter(since)).count()
                    < BootOrder.MOST_BEGUN);
    Boot boot =
        begins
            ? new Boot(event.mac(), number + 1, event.at(), place.stage())
            : new Boot(event.mac(), latest.get().number, latest.get().begun, place.stage());
    if (begins) {
      boots.add(boot);
    } else {
      boots.set(boots.indexOf(latest.get()), boot);
    }
    return boot;
  }

  private boolean keeps(Boot boot, Event event) {
    List<Event> ofStep =
        lines.stream()
            .filter(line -> line.boot() == boot.number)
            .map(StoredEvent::event)
            .filter(it -> it.step() == event.step())
            .toList();
    return ofStep.size() < standing(boot).lines(event.step())
        || ofStep.stream().anyMatch(it -> isSame(it, event));
  }

  private StoredEvent line(Boot boot, Event event) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      StoredEvent line = lines.get(i);
      if (line.boot() == boot.number && isSame(line.event(), event)) {
        StoredEvent again =
            new StoredEvent(line.number(), line.boot(), line.event(), line.times() + 1, event.at());
        lines.set(i, again);
        return again;
      }
    }
    number++;
    StoredEvent line = new StoredEvent(number, boot.number, event, 1, event.at());
    lines.add(line);
    return line;
  }

  private static boolean isSame(Event one, Event other) {
    return one.step() == other.step()
        && one.values().equals(other.values())
        && one.claimed() == other.claimed();
  }

  private void forget() {
    for (Standing sort : Standing.values()) {
      List<Boot> ofSort = boots.stream().filter(boot -> standing(boot) == sort).toList();
      ofSort.stream().limit(Math.max(0, ofSort.size() - sort.bootsOfAll())).forEach(this::forget);
    }
    boots.stream()
        .skip(boots.size() - 1)
        .toList()
        .forEach(
            newest -> {
              List<Boot> ofCard = boots.stream().filter(b -> b.mac.equals(newest.mac)).toList();
              int most = standing(newest).boots();
              ofCard.stream().limit(Math.max(0, ofCard.size() - most)).forEach(this::forget);
            });
  }

  private void forget(Boot boot) {
    boots.remove(boot);
    lines.removeIf(line -> line.boot() == boot.number);
  }

  private Standing standing(Boot boot) {
    return boot.mac.map(standings).orElse(Standing.STRANGER);
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
