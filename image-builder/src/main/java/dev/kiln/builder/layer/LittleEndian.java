package dev.kiln.builder.layer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Bytes of a file, whose numbers have their least significant byte first. */
final class LittleEndian {
  private LittleEndian() {}

  /** Reads exactly so many bytes, or fails. */
  static ByteBuffer read(FileChannel file, long offset, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException("the file ends too early");
      }
    }
    return bytes.flip();
  }
}
