package dev.kiln.builder.deb;

import java.nio.charset.StandardCharsets;

/** The 512 bytes before an entry (POSIX.1-1988 ustar, and GNU's variant), read as dpkg reads it. */
final class TarHeader {
  static final int SIZE = 512;
  private static final byte[] USTAR = "ustar\0".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_END = 156;

  private final byte[] block;

  TarHeader(byte[] block) throws HostileDeb {
    this.block = block;
    if (number(CHECKSUM_AT, 8) != checksum()) {
      throw new HostileDeb("an entry's header has a wrong checksum");
    }
  }

  char flag() {
    return (char) (block[156] & 0xff);
  }

  long size() throws HostileDeb {
    return number(124, 12);
  }

  /** The entry, with its own short names. */
  TarEntry entry(EntryType type) throws HostileDeb {
    return new TarEntry(
        type,
        name(),
        (int) (number(100, 8) & 07777),
        number(108, 8),
        number(116, 8),
        size(),
        number(136, 12),
        text(157, 100),
        text(265, 32),
        text(297, 32));
  }

  private String name() {
    String name = text(0, 100);
    String prefix = isUstar() ? text(345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** Only POSIX' own magic makes the prefix count: GNU keeps other things there. */
  private boolean isUstar() {
    for (int i = 0; i < USTAR.length; i++) {
      if (block[257 + i] != USTAR[i]) {
        return false;
      }
    }
    return true;
  }

  private long checksum() {
    long sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += i >= CHECKSUM_AT && i < CHECKSUM_END ? ' ' : block[i] & 0xff;
    }
    return sum;
  }

  private String text(int from, int length) {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.ISO_8859_1);
  }

  /** Octal digits, or GNU's base 256 for what has too many of them. */
  private long number(int from, int length) throws HostileDeb {
    return (block[from] & 0xff) == 0x80 ? base256(from, length) : octal(from, length);
  }

  private long base256(int from, int length) throws HostileDeb {
    long value = 0;
    for (int i = from + 1; i < from + length; i++) {
      if (value >= 1L << 54) {
        throw new HostileDeb("an entry's header has an absurd number");
      }
      value = value << 8 | (block[i] & 0xff);
    }
    return value;
  }

  /** Spaces, digits, then only spaces and NULs; a field of NULs is 0. */
  private long octal(int from, int length) throws HostileDeb {
    int at = from;
    int end = from + length;
    while (at < end && block[at] == ' ') {
      at++;
    }
    long value = 0;
    for (; at < end && block[at] >= '0' && block[at] <= '7'; at++) {
      value = value * 8 + (block[at] - '0');
    }
    for (; at < end; at++) {
      if (block[at] != ' ' && block[at] != 0) {
        throw new HostileDeb("an entry's header has a number that is none");
      }
    }
    return value;
  }
}
