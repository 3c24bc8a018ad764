package dev.kiln.bootserver.lease;

import dev.kiln.bootserver.net.Ipv4Network;

/**
 * Which of the served networks a lease is in: the network in CIDR notation, so that it says the
 * same on every server that shares a record.
 */
public record SubnetId(String text) {
  public static SubnetId of(Ipv4Network network) {
    return new SubnetId(network.toString());
  }

  @Override
  public String toString() {
    return text;
  }
}
