package dev.kiln.bootserver.net;

import dev.kiln.failure.Shown;

/**
 * Addresses in a row, both ends included, at most {@value #MAX_SIZE} of them.
 *
 * @param first the lowest
 * @param last the highest
 */
public record Ipv4Range(Ipv4Address first, Ipv4Address last) {
  /** As many as a /16 holds: what one link can carry, and what fits into memory. */
  public static final int MAX_SIZE = 65_536;

  public Ipv4Range {
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException(
          "the range " + first + "-" + last + " ends before it begins");
    }
    if (Integer.toUnsignedLong(last.bits() - first.bits()) >= MAX_SIZE) {
      throw new IllegalArgumentException(
          "the range " + first + "-" + last + " holds more than " + MAX_SIZE + " addresses");
    }
  }

  /** Takes {@code 10.77.0.50-10.77.0.150}. */
  public static Ipv4Range parse(String text) {
    int hyphen = text.indexOf('-');
    if (hyphen < 0) {
      throw new IllegalArgumentException(
          "a range of addresses is written 10.77.0.50-10.77.0.150, not '"
              + Shown.of(text, 40)
              + "'");
    }
    return new Ipv4Range(
        Ipv4Address.parse(text.substring(0, hyphen).strip()),
        Ipv4Address.parse(text.substring(hyphen + 1).strip()));
  }

  public int size() {
    return last.bits() - first.bits() + 1;
  }

  public boolean contains(Ipv4Address address) {
    return address.compareTo(first) >= 0 && address.compareTo(last) <= 0;
  }

  /** The place of an address of this range, from 0. */
  public int indexOf(Ipv4Address address) {
    return address.bits() - first.bits();
  }

  public Ipv4Address at(int index) {
    return first.plus(index);
  }

  @Override
  public String toString() {
    return first + "-" + last;
  }
}
