package dev.kiln.bootserver.admission;

import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.Ipv6Address;

/**
 * Who sends, as far as an address tells: one IPv4 address, or the first 64 bits of an IPv6 address,
 * since a machine takes as many of the others as it likes (RFC 8981).
 */
record Sender(IpAddress address) {
  static Sender of(IpAddress address) {
    return new Sender(
        address instanceof Ipv6Address six ? new Ipv6Address(six.high(), 0) : address);
  }
}
