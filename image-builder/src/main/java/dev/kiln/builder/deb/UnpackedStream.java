package dev.kiln.builder.deb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A member's unpacked bytes: bounded, and copied aside as they are read. */
final class UnpackedStream extends InputStream {
  private final InputStream in;
  private final OutputStream copy;
  private final long limit;
  private final byte[] skipped = new byte[1 << 16];
  private long count;

  UnpackedStream(InputStream in, long limit, OutputStream copy) {
    this.in = in;
    this.limit = limit;
    this.copy = copy;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = unpack(buffer, offset, length);
    if (n > 0) {
      count += n;
      if (count > limit) {
        throw new HostileDeb("it unpacks to more than " + limit + " bytes");
      }
      copy.write(buffer, offset, n);
    }
    return n;
  }

  /** What is skipped is read all the same: bounded, and copied aside. */
  @Override
  public long skip(long wanted) throws IOException {
    return Math.max(0, read(skipped, 0, (int) Math.min(skipped.length, wanted)));
  }

  private int unpack(byte[] buffer, int offset, int length) throws IOException {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException | RuntimeException e) {
      throw Compression.damaged(e);
    }
  }
}
