package dev.kiln.builder.layer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names of the extended attributes in a squashfs whose table of them is not compressed (kernel
 * documentation: filesystems/squashfs, 3.7).
 */
final class SquashfsAttributes {
  private static final List<String> PREFIXES = List.of("user.", "trusted.", "security.");
  private static final int ID = 16;
  private static final int IDS_IN_A_BLOCK = 8192 / ID;
  private static final int UNCOMPRESSED = 0x8000;
  private static final int MOST_IDS = 1 << 20;

  private final FileChannel file;
  private final long table;

  private SquashfsAttributes(FileChannel file, long table) {
    this.file = file;
    this.table = table;
  }

  /** Reads the names; none where no file has an attribute. */
  static SortedSet<String> names(FileChannel file) throws IOException {
    long table = SquashfsSuperblock.read(file).attributes();
    return table < 0 ? new TreeSet<>() : new SquashfsAttributes(file, table).names();
  }

  private SortedSet<String> names() throws IOException {
    ByteBuffer header = LittleEndian.read(file, table, ID);
    long start = header.getLong(0);
    int ids = header.getInt(8);
    if (ids <= 0 || ids > MOST_IDS) {
      throw new IOException("it has " + ids + " sets of extended attributes");
    }
    int blocks = (ids + IDS_IN_A_BLOCK - 1) / IDS_IN_A_BLOCK;
    ByteBuffer index = LittleEndian.read(file, table + ID, blocks * Long.BYTES);
    Blocks lists = new Blocks(start, index.getLong(0));
    SortedSet<String> names = new TreeSet<>();
    for (int i = 0; i < ids; i++) {
      long block = index.getLong(i / IDS_IN_A_BLOCK * Long.BYTES) + Short.BYTES;
      ByteBuffer id = LittleEndian.read(file, block + (long) i % IDS_IN_A_BLOCK * ID, ID);
      addNames(lists.from(id.getLong(0)), id.getInt(8), names);
    }
    return names;
  }

  private static void addNames(ByteBuffer list, int count, SortedSet<String> names)
      throws IOException {
    for (int i = 0; i < count; i++) {
      int type = list.getShort() & 0xff;
      byte[] name = new byte[Short.toUnsignedInt(list.getShort())];
      list.get(name);
      if (type >= PREFIXES.size()) {
        throw new IOException("it has extended attributes of an unknown kind");
      }
      names.add(PREFIXES.get(type) + new String(name, StandardCharsets.UTF_8));
      list.position(list.position() + Integer.BYTES + list.getInt(list.position()));
    }
  }

  /** Metadata blocks one behind the other, taken as one run of bytes. */
  private final class Blocks {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TreeMap<Long, Integer> offsets = new TreeMap<>();

    Blocks(long start, long end) throws IOException {
      for (long at = start; at < end; ) {
        int header = Short.toUnsignedInt(LittleEndian.read(file, at, Short.BYTES).getShort());
        if ((header & UNCOMPRESSED) == 0) {
          throw new IOException("its extended attributes are compressed");
        }
        offsets.put(at - start, bytes.size());
        int size = header & ~UNCOMPRESSED;
        bytes.write(LittleEndian.read(file, at + Short.BYTES, size).array());
        at += Short.BYTES + size;
      }
    }

    /** What follows a reference: the block's offset, and 16 bits of an offset in it. */
    ByteBuffer from(long reference) throws IOException {
      Integer block = offsets.get(reference >> 16);
      if (block == null) {
        throw new IOException("its extended attributes lead nowhere");
      }
      ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
      return all.position(block + (int) (reference & 0xffff));
    }
  }
}
