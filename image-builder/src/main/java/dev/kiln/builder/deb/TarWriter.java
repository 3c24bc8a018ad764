package dev.kiln.builder.deb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes entries in GNU's tar format, which keeps long names and large numbers. */
final class TarWriter {
  private static final int NAME = 100;

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes an entry and, where it is a file, its content. */
  void write(TarEntry entry, InputStream content) throws IOException {
    writeLong('L', entry.name());
    writeLong('K', entry.linkName());
    out.write(header(entry, entry.type().flag()));
    long copied = content.transferTo(out);
    if (copied != entry.size()) {
      throw new HostileDeb("an entry has " + copied + " bytes, not " + entry.size());
    }
    pad(entry.size());
  }

  /** Writes the two empty blocks that end an archive. */
  void end() throws IOException {
    out.write(new byte[2 * TarHeader.SIZE]);
  }

  private void writeLong(char flag, String name) throws IOException {
    if (name.length() > NAME) {
      byte[] text = (name + "\0").getBytes(StandardCharsets.ISO_8859_1);
      out.write(
          header(
              new TarEntry(
                  EntryType.FILE, "././@LongLink", 0, 0, 0, text.length, 0, "", "root", "root"),
              flag));
      out.write(text);
      pad(text.length);
    }
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) (-size & (TarHeader.SIZE - 1))]);
  }

  private static byte[] header(TarEntry entry, char flag) {
    byte[] block = new byte[TarHeader.SIZE];
    text(block, 0, NAME, entry.name());
    number(block, 100, 8, entry.mode());
    number(block, 108, 8, entry.uid());
    number(block, 116, 8, entry.gid());
    number(block, 124, 12, entry.size());
    number(block, 136, 12, entry.mtime());
    block[156] = (byte) flag;
    text(block, 157, NAME, entry.linkName());
    text(block, 257, 8, "ustar  \0");
    text(block, 265, 31, entry.userName());
    text(block, 297, 31, entry.groupName());
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    text(block, 148, 8, String.format("%06o\0 ", sum));
    return block;
  }

  private static void text(byte[] block, int at, int length, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, block, at, Math.min(length, bytes.length));
  }

  /** Octal digits with a NUL behind them, or base 256 where they are too many. */
  private static void number(byte[] block, int at, int length, long value) {
    String octal = Long.toOctalString(value);
    if (octal.length() < length) {
      text(block, at, length, "0".repeat(length - 1 - octal.length()) + octal);
      return;
    }
    for (int i = 0; i < length; i++) {
      int shift = 8 * (length - 1 - i);
      block[at + i] = shift > 56 ? 0 : (byte) (value >> shift);
    }
    block[at] |= (byte) 0x80;
  }
}
