package dev.kiln.builder.elf;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads one section of a 64-bit little-endian program (System V ABI, chapter 4, "Sections"). Only
 * the tables and that section are read, however large the program is.
 */
public final class ElfSection {
  private static final int HEADER_SIZE = 64;
  private static final int MOST_NAMES = 1 << 20;
  private static final int MOST_SECTIONS = 10_000;

  private final String name;
  private final FileChannel file;

  private ElfSection(String name, FileChannel file) {
    this.name = name;
    this.file = file;
  }

  /**
   * The content of a section; empty where the program has none of that name.
   *
   * @param section its name, such as {@code .go.buildinfo}
   * @param most bytes; a larger one is refused
   * @throws KilnException of kind INPUT where the file is no such program, or points behind its end
   */
  public static Optional<byte[]> read(Path program, String section, int most) {
    try (FileChannel file = FileChannel.open(program)) {
      return new ElfSection(program.toString(), file).read(section, most);
    } catch (IOException e) {
      throw KilnException.io("read " + program, e);
    }
  }

  private Optional<byte[]> read(String section, int most) throws IOException {
    byte[] header = at(0, ElfFile.HEADER_SIZE, ElfFile.HEADER_SIZE);
    if (!ElfFile.isProgram(header)) {
      throw broken("is no 64-bit little-endian ELF file");
    }
    ByteBuffer start = numbers(header);
    int count = Short.toUnsignedInt(start.getShort(60));
    int names = Short.toUnsignedInt(start.getShort(62));
    if (count == 0) {
      return Optional.empty();
    }
    if (Short.toUnsignedInt(start.getShort(58)) != HEADER_SIZE || names >= count) {
      throw broken("has a table of sections that contradicts itself");
    }
    ByteBuffer table =
        numbers(at(start.getLong(40), (long) count * HEADER_SIZE, MOST_SECTIONS * HEADER_SIZE));
    byte[] texts = content(table, names, MOST_NAMES);
    for (int i = 0; i < count; i++) {
      if (text(texts, table.getInt(i * HEADER_SIZE)).equals(section)) {
        return Optional.of(content(table, i, most));
      }
    }
    return Optional.empty();
  }

  private byte[] content(ByteBuffer table, int section, int most) throws IOException {
    int header = section * HEADER_SIZE;
    return at(table.getLong(header + 24), table.getLong(header + 32), most);
  }

  private static ByteBuffer numbers(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] at(long offset, long size, int most) throws IOException {
    if (offset < 0 || size < 0 || offset > file.size() || size > file.size() - offset) {
      throw broken("points behind its own end");
    }
    if (size > most) {
      throw broken("has a section of " + size + " bytes; at most " + most);
    }
    byte[] bytes = new byte[(int) size];
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      if (file.read(rest, offset + rest.position()) < 0) {
        throw broken("is cut off while it is read");
      }
    }
    return bytes;
  }

  /** Ends with a zero. */
  private String text(byte[] texts, int offset) {
    int end = offset;
    while (end >= 0 && end < texts.length && texts[end] != 0) {
      end++;
    }
    if (offset < 0 || end >= texts.length) {
      throw broken("has a name without an end");
    }
    return new String(texts, offset, end - offset, StandardCharsets.ISO_8859_1);
  }

  private KilnException broken(String what) {
    return KilnException.input(name + " " + what, "Check what made it, and 'builder cache verify'");
  }
}
