package dev.kiln.bootserver.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kiln.failure.Shown;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hardware address of one network card: an IEEE 802 EUI-48 that is neither zero nor a group
 * (multicast, broadcast) address.
 *
 * @param bits the six octets, the first of them in bits 47 to 40
 */
public record MacAddress(long bits) implements Comparable<MacAddress> {
  /** Octets of an address. */
  public static final int LENGTH = 6;

  private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");
  private static final Pattern HYPHENS = Pattern.compile("[0-9a-fA-F]{2}(-[0-9a-fA-F]{2}){5}");
  private static final HexFormat HEX = HexFormat.of();

  /** IEEE 802: the lowest bit of the first octet marks a group of stations. */
  private static final long GROUP_BIT = 1L << 40;

  public MacAddress {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException("a MAC address has 48 bits");
    }
    if (bits == 0) {
      throw new IllegalArgumentException("the MAC address 00:00:00:00:00:00 belongs to no machine");
    }
    if ((bits & GROUP_BIT) != 0) {
      throw new IllegalArgumentException(
          "the MAC address "
              + format(bits, ":")
              + " is a multicast or broadcast address, which belongs to no machine");
    }
  }

  /** Takes {@code 52:54:00:12:34:56} and {@code 52-54-00-12-34-56}, in either case of letters. */
  @JsonCreator
  public static MacAddress parse(String text) {
    if (!COLONS.matcher(text).matches() && !HYPHENS.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a MAC address is written 52:54:00:12:34:56 or 52-54-00-12-34-56, not '"
              + Shown.of(text, 40)
              + "'");
    }
    String digits = text.replaceAll("[:-]", "").toLowerCase(Locale.ROOT);
    return new MacAddress(HexFormat.fromHexDigitsToLong(digits));
  }

  /** What a request says; empty where that is no machine's address. */
  public static Optional<MacAddress> claimed(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Takes exactly the six octets as they stand in a frame. */
  public static MacAddress of(byte[] octets) {
    if (octets.length != LENGTH) {
      throw new IllegalArgumentException("a MAC address has 6 octets, not " + octets.length);
    }
    return new MacAddress(HexFormat.fromHexDigitsToLong(HEX.formatHex(octets)));
  }

  /** The six octets as they stand in a frame. */
  public byte[] octets() {
    return HEX.parseHex(format(bits, ""));
  }

  /** {@code 52-54-00-12-34-56}, as iPXE's {@code ${mac:hexhyp}} and pxelinux write it. */
  public String hyphens() {
    return format(bits, "-");
  }

  private static String format(long bits, String between) {
    byte[] eight = HEX.parseHex(HEX.toHexDigits(bits));
    return HexFormat.ofDelimiter(between).formatHex(Arrays.copyOfRange(eight, 2, 8));
  }

  @Override
  public int compareTo(MacAddress other) {
    return Long.compare(bits, other.bits);
  }

  /** {@code 52:54:00:12:34:56}, in lower case. */
  @JsonValue
  @Override
  public String toString() {
    return format(bits, ":");
  }
}
