package dev.kiln.builder.deb;

import java.io.IOException;
import java.io.InputStream;

/** The next so many bytes of a stream. That they end early is an error, never a silent end. */
final class LimitedStream extends InputStream {
  private final InputStream in;
  private long left;

  LimitedStream(InputStream in, long bytes) {
    this.in = in;
    this.left = bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int n = in.read(buffer, offset, (int) Math.min(length, left));
    if (n < 0) {
      throw new HostileDeb("it is cut off: " + left + " more bytes were announced");
    }
    left -= n;
    return n;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(Math.min(count, left));
    left -= skipped;
    return skipped;
  }

  /** Passes over what is left, without reading it where the stream below can seek. */
  void skipRest() throws IOException {
    skipNBytes(left);
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(in.available(), left);
  }

  void requireEnd() throws HostileDeb {
    if (left > 0) {
      throw new HostileDeb(left + " bytes follow the end of what a member holds");
    }
  }
}
