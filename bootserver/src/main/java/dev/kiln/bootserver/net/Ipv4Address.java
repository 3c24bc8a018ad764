package dev.kiln.bootserver.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kiln.failure.Shown;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 address (RFC 791), read without ever asking a name server.
 *
 * @param bits the four octets, the first of them in bits 31 to 24
 */
public record Ipv4Address(int bits) implements IpAddress, Comparable<Ipv4Address> {
  /** Octets of an address. */
  public static final int LENGTH = 4;

  /** 0.0.0.0: "no address" in DHCP's fields. */
  public static final Ipv4Address NONE = new Ipv4Address(0);

  /** 255.255.255.255: every machine on the link (RFC 919). */
  public static final Ipv4Address BROADCAST = new Ipv4Address(-1);

  // No leading zeros: some programs read them as octal.
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern DOTTED =
      Pattern.compile(String.join("\\.", OCTET, OCTET, OCTET, OCTET));

  /** Takes {@code 10.77.0.1}: four decimal octets without leading zeros. */
  @JsonCreator
  public static Ipv4Address parse(String text) {
    Matcher octets = DOTTED.matcher(text);
    if (!octets.matches()) {
      throw new IllegalArgumentException(
          "an IPv4 address is written 10.77.0.1, not '" + Shown.of(text, 40) + "'");
    }
    int bits = 0;
    for (int i = 1; i <= LENGTH; i++) {
      bits = bits << 8 | Integer.parseInt(octets.group(i));
    }
    return new Ipv4Address(bits);
  }

  public static Ipv4Address of(Inet4Address address) {
    byte[] o = address.getAddress();
    return new Ipv4Address(
        (o[0] & 0xff) << 24 | (o[1] & 0xff) << 16 | (o[2] & 0xff) << 8 | (o[3] & 0xff));
  }

  @Override
  public byte[] octets() {
    return new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
  }

  @Override
  public Inet4Address toInet() {
    try {
      return (Inet4Address) InetAddress.getByAddress(octets());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }

  /** The address so many places after this one. */
  public Ipv4Address plus(int places) {
    return new Ipv4Address(bits + places);
  }

  @Override
  public int compareTo(Ipv4Address other) {
    return Integer.compareUnsigned(bits, other.bits);
  }

  @JsonValue
  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >> 16 & 0xff)
        + "."
        + (bits >> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }
}
