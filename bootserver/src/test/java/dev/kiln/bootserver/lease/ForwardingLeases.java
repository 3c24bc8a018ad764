package dev.kiln.bootserver.lease;

import dev.kiln.bootserver.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Leases of which a test overrides one intent. */
public class ForwardingLeases implements Leases {
  private final Leases leases;

  protected ForwardingLeases(Leases leases) {
    this.leases = leases;
  }

  @Override
  public CompletionStage<List<Lease>> list(SubnetId subnet) {
    return leases.list(subnet);
  }

  @Override
  public CompletionStage<Claim> confirm(
      SubnetId subnet, IpAddress address, ClientId client, Duration time) {
    return leases.confirm(subnet, address, client, time);
  }

  @Override
  public CompletionStage<Optional<Lease>> release(
      SubnetId subnet, IpAddress address, ClientId client) {
    return leases.release(subnet, address, client);
  }

  @Override
  public CompletionStage<Optional<Lease>> decline(
      SubnetId subnet, IpAddress address, ClientId client, Duration time) {
    return leases.decline(subnet, address, client, time);
  }

  @Override
  public CompletionStage<Optional<Lease>> giveBack(SubnetId subnet, IpAddress address) {
    return leases.giveBack(subnet, address);
  }
}
