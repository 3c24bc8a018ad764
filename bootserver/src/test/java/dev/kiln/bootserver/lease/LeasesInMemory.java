package dev.kiln.bootserver.lease;

import dev.kiln.bootserver.net.IpAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Leases that a test forgets when it ends. */
public final class LeasesInMemory implements Leases {
  private final Map<Place, Lease> leases = new LinkedHashMap<>();
  private final InstantSource clock;

  private record Place(SubnetId subnet, IpAddress address) {}

  public LeasesInMemory(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized CompletionStage<List<Lease>> list(SubnetId subnet) {
    return CompletableFuture.completedStage(
        leases.values().stream().filter(lease -> lease.subnet().equals(subnet)).toList());
  }

  @Override
  public synchronized CompletionStage<Claim> confirm(
      SubnetId subnet, IpAddress address, ClientId client, Duration time) {
    Lease held = leases.get(new Place(subnet, address));
    if (held != null && isOthers(held, client)) {
      return CompletableFuture.completedStage(new Claim.Taken(held));
    }
    leases.values().removeIf(it -> it.subnet().equals(subnet) && it.belongsTo(client));
    Lease lease = lease(subnet, address, client, Lease.State.BOUND).endingAt(in(time));
    leases.put(new Place(subnet, address), lease);
    return CompletableFuture.completedStage(new Claim.Granted(lease));
  }

  @Override
  public synchronized CompletionStage<Optional<Lease>> release(
      SubnetId subnet, IpAddress address, ClientId client) {
    Optional<Lease> ended =
        Optional.ofNullable(leases.get(new Place(subnet, address)))
            .filter(held -> held.belongsTo(client) && held.holdsAt(clock.instant()))
            .map(held -> held.endingAt(clock.instant()));
    ended.ifPresent(lease -> leases.put(new Place(subnet, address), lease));
    return CompletableFuture.completedStage(ended);
  }

  @Override
  public synchronized CompletionStage<Optional<Lease>> decline(
      SubnetId subnet, IpAddress address, ClientId client, Duration time) {
    Lease held = leases.get(new Place(subnet, address));
    if (held != null && isOthers(held, client)) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    Lease declined = lease(subnet, address, client, Lease.State.DECLINED).endingAt(in(time));
    leases.put(new Place(subnet, address), declined);
    return CompletableFuture.completedStage(Optional.of(declined));
  }

  @Override
  public synchronized CompletionStage<Optional<Lease>> giveBack(
      SubnetId subnet, IpAddress address) {
    Optional<Lease> ended =
        Optional.ofNullable(leases.get(new Place(subnet, address)))
            .filter(held -> held.state() == Lease.State.DECLINED)
            .filter(held -> held.holdsAt(clock.instant()))
            .map(held -> held.endingAt(clock.instant()));
    ended.ifPresent(lease -> leases.put(new Place(subnet, address), lease));
    return CompletableFuture.completedStage(ended);
  }

  private boolean isOthers(Lease lease, ClientId client) {
    return lease.holdsAt(clock.instant()) && !lease.belongsTo(client);
  }

  private Lease lease(SubnetId subnet, IpAddress address, ClientId client, Lease.State state) {
    return new Lease(subnet, address, client, state, clock.instant());
  }

  private java.time.Instant in(Duration time) {
    return clock.instant().plus(time);
  }
}
