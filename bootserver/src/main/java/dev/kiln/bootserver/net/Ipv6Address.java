package dev.kiln.bootserver.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.kiln.failure.Shown;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IPv6 address (RFC 4291), without a zone.
 *
 * @param high its first eight octets
 * @param low its last eight octets
 */
public record Ipv6Address(long high, long low) implements IpAddress {
  /** Octets of an address. */
  public static final int LENGTH = 16;

  /** Takes {@code 2001:db8::1} in any of the forms of RFC 4291 §2.2. */
  @JsonCreator
  public static Ipv6Address parse(String text) {
    byte[] octets =
        NetUtil.isValidIpV6Address(text) && text.indexOf('%') < 0
            ? NetUtil.createByteArrayFromIpAddressString(text)
            : null;
    if (octets == null || octets.length != LENGTH) {
      throw new IllegalArgumentException(
          "an IPv6 address is written 2001:db8::1, not '" + Shown.of(text, 60) + "'");
    }
    return of(octets);
  }

  public static Ipv6Address of(Inet6Address address) {
    return of(address.getAddress());
  }

  private static Ipv6Address of(byte[] octets) {
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    return new Ipv6Address(buffer.getLong(), buffer.getLong());
  }

  @Override
  public byte[] octets() {
    return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
  }

  @Override
  public InetAddress toInet() {
    try {
      return Inet6Address.getByAddress(null, octets(), -1);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen octets are an address", e);
    }
  }

  /** As RFC 5952 §4 writes it. */
  @Override
  public String toString() {
    return NetUtil.toAddressString(toInet());
  }
}
