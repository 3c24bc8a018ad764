package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.admission.CardBudgets;
import dev.kiln.bootserver.admission.Rate;
import dev.kiln.bootserver.dhcp.Answer.Heard;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.net.AddressProbe;
import dev.kiln.bootserver.net.AddressProbe.Found;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Range;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Takes a DHCPDECLINE (RFC 2131 §4.3.3). Anybody can make up cards, have an address given to each,
 * and decline it: so it is asked on the wire whether somebody uses the address. Where somebody
 * does, it is kept from all for long. Where nobody answers, the word of a card counts for a minute,
 * and that only so often: of each card, of each circuit, and in all. Beyond that the address is
 * nobody's, and asked for before it is given again.
 */
final class HearDecline {
  /** Where nobody answers: long enough for a machine that starts. */
  private static final Duration DOUBTED = Duration.ofMinutes(1);

  private final AddressPool pool;
  private final CloseAddress closing;
  private final AddressProbe probe;
  private final Executor loop;
  private final InstantSource clock;
  private final CardBudgets<Circuit> budgets;
  private final Set<Ipv4Address> asking = new HashSet<>();

  HearDecline(DhcpParts parts, CloseAddress closing) {
    this.pool = parts.pool();
    this.closing = closing;
    this.probe = parts.probe();
    this.loop = parts.loop();
    this.clock = parts.clock();
    this.budgets =
        new CardBudgets<>(
            rates(parts.settings().subnet()),
            () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos());
  }

  /** So many at once, and as many again while an address is kept away for long. */
  private static CardBudgets.Rates rates(Subnet subnet) {
    int share = AddressPool.mostDeclinedOf(subnet.pool().map(Ipv4Range::size).orElse(0));
    return new CardBudgets.Rates(
        rate(3), rate(Math.max(4, share / 4)), rate(Math.max(8, share / 2)));
  }

  private static Rate rate(int burst) {
    return new Rate(burst, burst / (double) CloseAddress.USED.toSeconds());
  }

  /** Takes the word of a card that this address was given to. */
  CompletionStage<Answer> answer(Query query) {
    Ipv4Address address = query.subject();
    if (!asking.add(address)) {
      return CompletableFuture.completedStage(
          new Heard(address + " again, while it is asked for on the wire"));
    }
    boolean acknowledged = pool.isLeasedTo(query.client(), address, clock.instant());
    // What was found before the client began to use it may be so no more.
    probe.forget(address);
    return probe
        .ask(address, query.packet().client())
        .thenComposeAsync(found -> close(query, found, acknowledged), loop)
        .whenCompleteAsync((answer, failure) -> asking.remove(address), loop);
  }

  private CompletionStage<Answer> close(Query query, Found found, boolean acknowledged) {
    Duration time = time(query, found, acknowledged);
    return closing
        .close(query.subject(), query.client(), time)
        .thenApply(closed -> new Heard(said(query.subject(), found, closed)));
  }

  private Duration time(Query query, Found found, boolean acknowledged) {
    if (found instanceof Found.UsedBy) {
      return CloseAddress.USED;
    }
    if (!budgets.take(query.packet().client(), Circuit.of(query.packet()))) {
      return Duration.ZERO;
    }
    // A machine finds an address in use after it was acknowledged (RFC 2131 §3.1), not before.
    return found instanceof Found.OutOfReach && acknowledged ? CloseAddress.USED : DOUBTED;
  }

  private String said(Ipv4Address address, Found found, Optional<Lease> closed) {
    if (closed.isEmpty()) {
      return address + " is another's by now, or too many are declined: ignored";
    }
    String what =
        found instanceof Found.UsedBy used
            ? address + " is used by " + used.card()
            : address
                + (found instanceof Found.Nobody
                    ? ", for which nobody answers"
                    : ", which it says is used");
    return what
        + (closed.get().holdsAt(clock.instant())
            ? "; kept from all until " + closed.get().until()
            : "; too many are declined to keep it from all");
  }
}
