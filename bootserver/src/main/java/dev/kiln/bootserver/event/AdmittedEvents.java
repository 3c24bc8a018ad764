package dev.kiln.bootserver.event;

import dev.kiln.bootserver.admission.Allowance;
import dev.kiln.bootserver.admission.Rate;
import dev.kiln.bootserver.net.MacAddress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Events within budgets: of each step of each card, so that whoever floods one step of a card takes
 * nothing of its others; and of all cards of one {@link Standing}. A step that was flooded with one
 * thing still takes a few that say another. What is beyond is counted, and the card of a machine
 * that is known is told so, once in ten minutes.
 *
 * <p>A mass boot is within them: each of 5,000 machines makes 250 events in a minute at least, that
 * is 1,250,000, and {@code OF_KNOWN} takes 200,000 and 1,200,000 in that time. At one moment all of
 * them together ask DHCP, 20,000 events. 40,000 wait for the writer: these, or a card in whose name
 * every message of DHCP is sent, 22,500, and all strangers beside it.
 */
public final class AdmittedEvents implements EventLog {
  private static final Rate OF_KNOWN = new Rate(200_000, 20_000);
  private static final Rate OF_A_STEP = new Rate(2_500, 50);

  /** Far fewer at once than wait for the writer: strangers leave a place for the others. */
  private static final Rate OF_STRANGERS = new Rate(5_000, 500);

  private static final Rate OF_A_STRANGERS_STEP = new Rate(60, 1);

  /** 5,000 machines, and the steps of a boot. */
  private static final int REMEMBERED = 100_000;

  private static final int REMEMBERED_STRANGERS = 10_000;
  private static final Rate TELLING = new Rate(1, 1 / 600.0);

  /** For what differs from that with which a step was flooded. */
  private static final Rate OF_A_SORT = new Rate(4, 0.2);

  private static final int SORTS = 64;

  private record OfStep(Optional<MacAddress> mac, Step step) {}

  /** Values of a step, as one of {@value #SORTS} sorts. */
  private record OfSort(OfStep step, int sort) {}

  private final EventLog events;
  private final Function<MacAddress, Standing> standings;
  private final Map<Standing, Allowance<OfStep>> allowances = new EnumMap<>(Standing.class);
  private final Allowance<OfSort> spare;
  private final Allowance<MacAddress> telling;
  private final Counter refused;

  public AdmittedEvents(
      EventLog events, Function<MacAddress, Standing> standings, MeterRegistry meters) {
    this(events, standings, meters, System::nanoTime);
  }

  /** With another clock, of nanoseconds, which is never set. */
  AdmittedEvents(
      EventLog events,
      Function<MacAddress, Standing> standings,
      MeterRegistry meters,
      LongSupplier nanoTime) {
    this.events = events;
    this.standings = standings;
    for (Standing known : new Standing[] {Standing.NAMED, Standing.CLAIMED}) {
      allowances.put(known, new Allowance<>(OF_A_STEP, REMEMBERED, OF_KNOWN, nanoTime));
    }
    allowances.put(
        Standing.STRANGER,
        new Allowance<>(OF_A_STRANGERS_STEP, REMEMBERED_STRANGERS, OF_STRANGERS, nanoTime));
    this.spare = new Allowance<>(OF_A_SORT, REMEMBERED, OF_STRANGERS, nanoTime);
    this.telling = new Allowance<>(TELLING, REMEMBERED_STRANGERS, OF_STRANGERS, nanoTime);
    this.refused =
        Counter.builder("kiln.events.refused")
            .description(
                "Events that no timeline has, because a card or all had used their budget.")
            .register(meters);
  }

  @Override
  public CompletionStage<Recording> record(Event event) {
    Standing standing = event.mac().map(standings).orElse(Standing.STRANGER);
    Allowance.Verdict verdict = take(standing, event);
    if (verdict == Allowance.Verdict.TAKEN) {
      return events.record(event);
    }
    refused.increment();
    if (verdict == Allowance.Verdict.OVER_ITS_OWN) {
      event.mac().ifPresent(mac -> tell(mac, standing, event.at()));
    }
    return CompletableFuture.completedStage(new Recording.Dropped());
  }

  private void tell(MacAddress mac, Standing standing, Instant at) {
    if (standing != Standing.STRANGER && telling.take(mac) == Allowance.Verdict.TAKEN) {
      events.record(Event.seen(at, mac, Step.NOT_RECORDED, Values.NONE));
    }
  }

  private Allowance.Verdict take(Standing standing, Event event) {
    OfStep step = new OfStep(event.mac(), event.step());
    Allowance.Verdict verdict = Objects.requireNonNull(allowances.get(standing)).take(step);
    return verdict == Allowance.Verdict.OVER_ITS_OWN && standing != Standing.STRANGER
        ? spare.take(new OfSort(step, Math.floorMod(event.values().hashCode(), SORTS)))
        : verdict;
  }
}
