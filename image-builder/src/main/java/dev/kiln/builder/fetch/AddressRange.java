package dev.kiln.builder.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of IP addresses (RFC 4632), such as {@code 10.0.0.0/8}. */
final class AddressRange {
  // Only what cannot be a host name: nothing here may ask a name server.
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]+(\\.[0-9]+){3}|\\[?[0-9a-f.]*:[0-9a-f:.]*]?");

  private final byte[] base;
  private final int bits;

  private AddressRange(byte[] base, int bits) {
    this.base = base;
    this.bits = bits;
  }

  /** Empty where the text is no range. */
  static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(text.substring(slash + 1));
    return address(text.substring(0, slash))
        .filter(base -> bits <= base.length * 8)
        .map(base -> new AddressRange(base, bits));
  }

  /** Whether a host is an address in this range; a host name never is. */
  boolean contains(String host) {
    return address(host)
        .filter(address -> address.length == base.length && sharesPrefix(address))
        .isPresent();
  }

  private boolean sharesPrefix(byte[] address) {
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((address[bit / 8] & mask) != (base[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<byte[]> address(String literal) {
    if (!LITERAL.matcher(literal).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(literal).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
