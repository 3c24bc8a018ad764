package dev.kiln.bootserver.http;

import dev.kiln.failure.KilnException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file from which pieces are sent that were read into memory before. All of it may block. */
record OpenFile(FileChannel channel) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenFile.class);
  private static final int STEP = 64 * 1024;

  /**
   * Opens a file of which {@code length} bytes are wanted.
   *
   * @throws IOException also where the file has become shorter than that
   */
  static OpenFile at(Path path, long from, long length) throws IOException {
    OpenFile opened = new OpenFile(FileChannel.open(path));
    try {
      if (opened.channel.size() < from + length) {
        throw new EOFException("the file has become shorter");
      }
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  /** Has the kernel read these bytes, so that it has them when it sends them. */
  void intoMemory(long from, long length) throws IOException {
    ByteBuffer step = ByteBuffer.allocate((int) Math.min(STEP, length));
    long at = from;
    while (at < from + length) {
      step.clear().limit((int) Math.min(step.capacity(), from + length - at));
      int read = channel.read(step, at);
      if (read < 0) {
        throw new EOFException("the file has become shorter");
      }
      at += read;
    }
  }

  /** Closes it, for a worker. */
  boolean closed() {
    close();
    return true;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("A file that was sent could not be closed: {}", KilnException.reason(e));
    }
  }
}
