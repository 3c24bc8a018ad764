package dev.kiln.builder.gomod;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How large the directory of a zip is (APPNOTE.TXT, section 4.3.16), which whoever reads the zip
 * holds in memory, whatever it says of the number of its entries.
 */
final class ZipDirectory {
  /** Bytes; 65,000 names of a hundred letters have 10,000,000. */
  static final long MOST_BYTES = 32L << 20;

  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int DIRECTORY_BEGINS = 16;

  /** Stands before the end of a zip of more than 65,534 entries or 4 GiB. */
  private static final int LARGE = 0x07064b50;

  private static final int LARGE_BYTES = 20;
  private static final int LONGEST_COMMENT = 0xffff;

  private ZipDirectory() {}

  /** Bytes from where the directory begins; empty where the end of a zip is not there. */
  static OptionalLong size(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      int tail = (int) Math.min(channel.size(), LARGE_BYTES + END_BYTES + LONGEST_COMMENT);
      ByteBuffer bytes = ByteBuffer.allocate(tail).order(ByteOrder.LITTLE_ENDIAN);
      long from = channel.size() - tail;
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
        // Until all of it is here.
      }
      for (int at = bytes.position() - END_BYTES; at >= 0; at--) {
        if (bytes.getInt(at) == END) {
          boolean large = at >= LARGE_BYTES && bytes.getInt(at - LARGE_BYTES) == LARGE;
          long begin = Integer.toUnsignedLong(bytes.getInt(at + DIRECTORY_BEGINS));
          return OptionalLong.of(channel.size() - (large ? 0 : begin));
        }
      }
      return OptionalLong.empty();
    }
  }
}
