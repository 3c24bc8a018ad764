package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Leases of which a test overrides one intent. */
public class ForwardingLeases implements Leases {
  private final Leases leases;

  protected ForwardingLeases(Leases leases) {
    this.leases = leases;
  }

  @Override
  public CompletionStage<List<Lease>> list() {
    return leases.list();
  }

  @Override
  public CompletionStage<Claim> claim(Lease wish, Instant now) {
    return leases.claim(wish, now);
  }

  @Override
  public CompletionStage<Void> release(Ipv4Address address, MacAddress client, Instant now) {
    return leases.release(address, client, now);
  }

  @Override
  public CompletionStage<Void> decline(Ipv4Address address, MacAddress client, Instant until) {
    return leases.decline(address, client, until);
  }
}
