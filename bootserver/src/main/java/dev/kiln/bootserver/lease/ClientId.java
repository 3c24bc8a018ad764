package dev.kiln.bootserver.lease;

import dev.kiln.bootserver.net.MacAddress;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Who holds a lease. One text for each, which begins with its kind, so that a record keeps kinds
 * apart that it does not know.
 */
public sealed interface ClientId {
  /** A machine that is known by the card it boots from: every client of DHCP for IPv4 here. */
  record Card(MacAddress mac) implements ClientId {
    @Override
    public String text() {
      return "mac:" + mac;
    }

    @Override
    public String toString() {
      return mac.toString();
    }
  }

  /**
   * A client that is known by an identifier of its own (RFC 2132 §9.14).
   *
   * @param hex the identifier's octets, in lower-case hexadecimal digits
   */
  record Identifier(String hex) implements ClientId {
    public Identifier {
      byte[] octets = HexFormat.of().parseHex(hex);
      if (octets.length < 2 || !HexFormat.of().formatHex(octets).equals(hex)) {
        throw new IllegalArgumentException("a client identifier has at least two octets");
      }
    }

    @Override
    public String text() {
      return "id:" + hex;
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** What a record keeps: {@code mac:52:54:00:12:34:56}. */
  String text();

  /** Takes {@link #text}. */
  static ClientId parse(String text) {
    int colon = text.indexOf(':');
    String value = text.substring(colon + 1);
    return switch (text.substring(0, Math.max(0, colon))) {
      case "mac" -> new Card(MacAddress.parse(value));
      case "id" -> new Identifier(value);
      default -> throw new IllegalArgumentException("no kind of client: '" + text + "'");
    };
  }

  static ClientId of(MacAddress mac) {
    return new Card(mac);
  }

  /** The card, where the client is known by one. */
  default Optional<MacAddress> card() {
    return this instanceof Card card ? Optional.of(card.mac()) : Optional.empty();
  }
}
