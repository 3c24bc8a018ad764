package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Leases that a test forgets when it ends. */
public final class LeasesInMemory implements Leases {
  private final Map<Ipv4Address, Lease> leases = new TreeMap<>();

  @Override
  public synchronized CompletionStage<List<Lease>> list() {
    return CompletableFuture.completedStage(List.copyOf(leases.values()));
  }

  @Override
  public synchronized CompletionStage<Claim> claim(Lease wish, Instant now) {
    Lease held = leases.get(wish.address());
    if (held != null && held.holdsAt(now) && !held.belongsTo(wish.client())) {
      return CompletableFuture.completedStage(new Claim.Taken(held));
    }
    leases.values().removeIf(lease -> lease.belongsTo(wish.client()));
    leases.put(wish.address(), wish);
    return CompletableFuture.completedStage(new Claim.Granted(wish));
  }

  @Override
  public synchronized CompletionStage<Void> release(
      Ipv4Address address, MacAddress client, Instant now) {
    leases.computeIfPresent(
        address,
        (key, lease) ->
            lease.belongsTo(client) && lease.holdsAt(now)
                ? Lease.bound(address, client, now)
                : lease);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<Void> decline(
      Ipv4Address address, MacAddress client, Instant until) {
    leases.put(address, new Lease(address, client, Lease.State.DECLINED, until));
    return CompletableFuture.completedStage(null);
  }
}
