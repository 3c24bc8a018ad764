package dev.kiln.bootserver.dhcp.codec;

import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacAddress;

/**
 * One DHCP message (RFC 2131 §2).
 *
 * @param header its fixed fields
 * @param type option 53, which {@code options} holds as well
 * @param options its options
 */
public record DhcpPacket(DhcpHeader header, MessageType type, DhcpOptions options) {
  public MacAddress client() {
    return header.chaddr();
  }

  /** The address a request is about: the one it wishes for, or else the one it uses. */
  public Ipv4Address subject() {
    return options.address(DhcpOption.REQUESTED_ADDRESS).orElse(header.ciaddr());
  }

  public boolean relayed() {
    return !header.giaddr().equals(Ipv4Address.NONE);
  }
}
