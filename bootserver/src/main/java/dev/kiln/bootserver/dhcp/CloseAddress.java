package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.lease.Leases;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Keeps an address that somebody uses against the leases from all for a while (RFC 2131 §4.3.3).
 * Who declines is not proven: never more than a share of the addresses is kept away at one time,
 * and what was kept away longest is given back first.
 */
final class CloseAddress {
  private static final Duration QUARANTINE = Duration.ofMinutes(10);

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
   */
  CompletionStage<Optional<Lease>> close(Ipv4Address address, ClientId client) {
    int most = pool.mostDeclined();
    if (closing >= most) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    closing++;
    // Before it, so that the record never holds more either. What is on its way is given back
    // twice.
    pool.declinedBeyond(most - closing, clock.instant()).forEach(this::giveBack);
    return leases
        .decline(subnet, address, client, QUARANTINE)
        .whenCompleteAsync((closed, failure) -> closing--, loop)
        .thenApplyAsync(
            closed -> {
              closed.ifPresent(pool::learn);
              return closed;
            },
            loop);
  }

  private void giveBack(IpAddress address) {
    leases.giveBack(subnet, address).thenAcceptAsync(ended -> ended.ifPresent(pool::learn), loop);
  }
}
