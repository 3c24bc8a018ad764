package dev.kiln.bootserver.net;

import com.fasterxml.jackson.annotation.JsonValue;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** An address of either family, read without ever asking a name server. */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {
  /** Takes an address as a socket gives it. */
  static IpAddress of(InetAddress address) {
    return address instanceof Inet4Address four
        ? Ipv4Address.of(four)
        : Ipv6Address.of((Inet6Address) address);
  }

  /** Takes {@code 10.77.0.1} or {@code 2001:db8::1}. */
  static IpAddress parse(String text) {
    return text.indexOf(':') < 0 ? Ipv4Address.parse(text) : Ipv6Address.parse(text);
  }

  /** Takes 4 or 16 octets as they stand in a packet. */
  static IpAddress of(byte[] octets) {
    try {
      return of(InetAddress.getByAddress(octets));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 octets, not " + octets.length, e);
    }
  }

  InetAddress toInet();

  /** The octets as they stand in a packet: 4 or 16. */
  byte[] octets();

  /** The text that {@link #parse} takes; one for each address. */
  @JsonValue
  @Override
  String toString();
}
