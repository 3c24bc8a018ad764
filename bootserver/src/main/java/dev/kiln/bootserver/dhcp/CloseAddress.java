package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.health.Breakdown;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.lease.Leases;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Keeps an address that somebody uses against the leases from all for a while (RFC 2131 §4.3.3).
 * Never more than a share of the addresses is kept away at one time, and what would be free soonest
 * is given back first: so what nobody was found to use never stands in the place of what somebody
 * was.
 */
final class CloseAddress {
  /** Where somebody was found to use it. */
  static final Duration USED = Duration.ofMinutes(10);

  private final SubnetId subnet;
  private final Leases leases;
  private final AddressPool pool;
  private final Executor loop;
  private final InstantSource clock;
  // Asked of the record, and not answered yet.
  private int closing;

  CloseAddress(DhcpParts parts) {
    this.subnet = parts.settings().subnet().id();
    this.leases = parts.leases();
    this.pool = parts.pool();
    this.loop = parts.loop();
    this.clock = parts.clock();
  }

  /**
   * Closes an address; empty where another holds it by now, or too many are being closed.
   *
   * @param client who says so, or is told so
   * @param time how long; zero only ends the client's lease: the address is nobody's then. So it is
   *     where all places are taken by addresses that are kept away for longer
   */
  CompletionStage<Optional<Lease>> close(Ipv4Address address, ClientId client, Duration time) {
    if (time.isZero()) {
      return decline(address, client, time);
    }
    int most = pool.mostDeclined();
    if (closing >= most) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    Instant now = clock.instant();
    List<Lease> beyond = pool.declinedBeyond(most - closing - 1, now);
    if (beyond.stream().anyMatch(other -> other.holdsAt(now.plus(time)))) {
      return decline(address, client, Duration.ZERO);
    }
    closing++;
    // Before it, so that the record never holds more either. What is on its way is given back
    // twice.
    beyond.forEach(other -> giveBack(other.address()));
    return decline(address, client, time).whenCompleteAsync((closed, failure) -> closing--, loop);
  }

  private CompletionStage<Optional<Lease>> decline(
      Ipv4Address address, ClientId client, Duration time) {
    return leases
        .decline(subnet, address, client, time)
        .thenApplyAsync(
            closed -> {
              closed.ifPresent(pool::learn);
              return closed;
            },
            loop);
  }

  private void giveBack(IpAddress address) {
    leases
        .giveBack(subnet, address)
        .thenAcceptAsync(ended -> ended.ifPresent(pool::learn), loop)
        .whenComplete((learned, failure) -> Breakdown.reportIfError(failure));
  }
}
