package dev.kiln.bootserver.net;

import dev.kiln.failure.Shown;

/**
 * An IPv4 network in CIDR notation (RFC 4632).
 *
 * @param base its first address; no bit outside the prefix is set
 * @param prefix bits of the prefix, 0 to 32
 */
public record Ipv4Network(Ipv4Address base, int prefix) {
  public Ipv4Network {
    if (prefix < 0 || prefix > 32) {
      throw new IllegalArgumentException("a prefix has 0 to 32 bits, not " + prefix);
    }
    Ipv4Address first = new Ipv4Address(base.bits() & maskBits(prefix));
    if (!base.equals(first)) {
      throw new IllegalArgumentException(
          base
              + "/"
              + prefix
              + " is an address in a network; the network is "
              + first
              + "/"
              + prefix);
    }
  }

  /** Takes {@code 10.77.0.0/24}. */
  public static Ipv4Network parse(String text) {
    int slash = text.indexOf('/');
    String bits = slash < 0 ? "" : text.substring(slash + 1);
    if (!bits.matches("[0-9]{1,2}")) {
      throw new IllegalArgumentException(
          "a network is written 10.77.0.0/24, not '" + Shown.of(text, 40) + "'");
    }
    return new Ipv4Network(Ipv4Address.parse(text.substring(0, slash)), Integer.parseInt(bits));
  }

  private static int maskBits(int prefix) {
    return prefix == 0 ? 0 : -1 << (32 - prefix);
  }

  public Ipv4Address mask() {
    return new Ipv4Address(maskBits(prefix));
  }

  public Ipv4Address broadcast() {
    return new Ipv4Address(base.bits() | ~maskBits(prefix));
  }

  public boolean contains(Ipv4Address address) {
    return (address.bits() & maskBits(prefix)) == base.bits();
  }

  /** Whether a machine can have this address: inside, and neither the first nor the last. */
  public boolean hasHost(Ipv4Address address) {
    return contains(address) && !address.equals(base) && !address.equals(broadcast());
  }

  @Override
  public String toString() {
    return base + "/" + prefix;
  }
}
