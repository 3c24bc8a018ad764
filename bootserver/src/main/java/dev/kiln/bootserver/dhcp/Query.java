package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.boot.BootRequest;
import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.net.Arrival;
import dev.kiln.bootserver.net.Ipv4Address;

/** A client's message, and how it came. */
record Query(DhcpPacket packet, Arrival arrival) {
  ClientId client() {
    return ClientId.of(packet.client());
  }

  /** The address it is about: the one it wishes for, or else the one it uses. */
  Ipv4Address subject() {
    return packet.subject();
  }

  /** The question what to boot that comes with it. */
  BootRequest boot(SubnetId subnet) {
    return ReadBootRequest.of(packet, subnet);
  }
}
