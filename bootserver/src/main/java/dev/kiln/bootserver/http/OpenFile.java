package dev.kiln.bootserver.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that the kernel can send at once: opened, and its first bytes read, by a thread that may
 * wait for a disk. The kernel reads on ahead of who reads on.
 */
record OpenFile(FileChannel channel) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenFile.class);
  private static final int FIRST_BYTES = 256 * 1024;

  /**
   * Opens a file of which {@code length} bytes are wanted. Blocks.
   *
   * @throws IOException also where the file has become shorter than that
   */
  static OpenFile at(Path path, long from, long length) throws IOException {
    OpenFile opened = new OpenFile(FileChannel.open(path));
    try {
      if (opened.channel.size() < from + length) {
        throw new EOFException("the file has become shorter");
      }
      opened.channel.read(ByteBuffer.allocate((int) Math.min(FIRST_BYTES, length)), from);
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("A file that was sent could not be closed: {}", e.getMessage());
    }
  }
}
