package dev.kiln.builder.layer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The beginning of a squashfs (kernel documentation: filesystems/squashfs, version 4.0): 96 bytes,
 * little endian.
 *
 * @param time it was made, seconds since 1970
 * @param blockSize bytes
 * @param compression 1 gzip, 4 xz, 6 zstd
 * @param flags bit 8: extended attributes are not compressed; bit 10: options of the compression
 *     follow
 * @param attributes where the table of extended attributes is; negative where there is none
 */
public record SquashfsSuperblock(
    long time, int blockSize, int compression, int flags, long attributes) {
  private static final int SIZE = 96;
  private static final int MAGIC = 0x73717368;

  /** Reads it; what mksquashfs wrote is believed. */
  public static SquashfsSuperblock read(FileChannel file) throws IOException {
    ByteBuffer block = LittleEndian.read(file, 0, SIZE);
    if (block.getInt(0) != MAGIC || block.getShort(28) != 4) {
      throw new IOException("there is no squashfs 4.0");
    }
    return new SquashfsSuperblock(
        Integer.toUnsignedLong(block.getInt(8)),
        block.getInt(12),
        block.getShort(20),
        block.getShort(24),
        block.getLong(56));
  }
}
