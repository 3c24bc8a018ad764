package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.codec.DhcpHeader;
import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
import dev.kiln.bootserver.dhcp.codec.MessageType;
import dev.kiln.bootserver.net.Ipv4Address;
import java.net.InetSocketAddress;

/** Where a reply goes: RFC 2131 §4.1. */
final class ReplyAddress {
  private ReplyAddress() {}

  static InetSocketAddress of(DhcpPacket reply, DhcpEndpoint endpoint) {
    DhcpHeader header = reply.header();
    if (reply.relayed()) {
      return new InetSocketAddress(header.giaddr().toInet(), endpoint.serverPort());
    }
    if (reply.type() != MessageType.NAK && uses(header)) {
      return new InetSocketAddress(header.ciaddr().toInet(), endpoint.clientPort());
    }
    // A client without an address does not answer ARP, and Java has no socket that could send to
    // its hardware address alone. So what the RFC allows "if unicasting is not possible" is done
    // for every such client, whether it set the B flag or not: broadcast.
    return new InetSocketAddress(Ipv4Address.BROADCAST.toInet(), endpoint.clientPort());
  }

  /**
   * Whether the client says that it uses the address it is given, or needs none (DHCPINFORM, whose
   * address was looked at). Of another one it may say what it likes: nothing is sent there.
   */
  private static boolean uses(DhcpHeader reply) {
    return !reply.ciaddr().equals(Ipv4Address.NONE)
        && (reply.yiaddr().equals(reply.ciaddr()) || reply.yiaddr().equals(Ipv4Address.NONE));
  }
}
