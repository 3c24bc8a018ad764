package dev.kiln.bootserver.tftp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file whose size does not change. Used by one thread at a time. */
public interface FileContent extends Closeable {
  /** Octets. */
  long size();

  /**
   * Reads at a position until the buffer is full or the file ends.
   *
   * @throws IOException also where the file turns out to be shorter than its size
   */
  void read(ByteBuffer into, long position) throws IOException;

  @Override
  void close() throws IOException;
}
