package dev.kiln.builder.deb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Writes tar archives byte by byte, also such as no sound program writes. */
public final class TarBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private String mode = "0000644";
  private String time = "14000000000";

  public TarBytes file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  public TarBytes file(String name, byte[] content) {
    return header(name, '0', content.length, "").raw(content).pad();
  }

  public TarBytes directory(String name) {
    return header(name, '5', 0, "");
  }

  public TarBytes symbolicLink(String name, String target) {
    return header(name, '2', 0, target);
  }

  public TarBytes hardLink(String name, String target) {
    return header(name, '1', 0, target);
  }

  /** GNU's way to give the next entry a long name ({@code L}) or link ({@code K}). */
  TarBytes longName(char flag, String name) {
    byte[] bytes = (name + "\0").getBytes(StandardCharsets.ISO_8859_1);
    return header("././@LongLink", flag, bytes.length, "").raw(bytes).pad();
  }

  public TarBytes mode(String octal) {
    mode = octal;
    return this;
  }

  /** The time of the entries that follow, seconds since 1970. */
  public TarBytes time(long seconds) {
    time = String.format(Locale.ROOT, "%011o", seconds);
    return this;
  }

  TarBytes header(String name, char flag, long size, String link) {
    return header(name, flag, String.format(Locale.ROOT, "%011o", size), link);
  }

  /** A header whose size field is any text. */
  public TarBytes header(String name, char flag, String size, String link) {
    byte[] block = new byte[512];
    put(block, 0, name);
    put(block, 100, mode);
    put(block, 108, "0000000");
    put(block, 116, "0000000");
    put(block, 124, size);
    put(block, 136, time);
    block[156] = (byte) flag;
    put(block, 157, link);
    put(block, 257, "ustar  \0root");
    put(block, 297, "root");
    return raw(checksummed(block));
  }

  /** A whole block with its checksum put right. */
  static byte[] checksummed(byte[] block) {
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return block;
  }

  public TarBytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public TarBytes pad() {
    return raw(new byte[-out.size() & 511]);
  }

  public byte[] unended() {
    return out.toByteArray();
  }

  public byte[] ended() {
    return raw(new byte[1024]).unended();
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
