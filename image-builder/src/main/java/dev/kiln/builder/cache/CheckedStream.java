package dev.kiln.builder.cache;

import dev.kiln.file.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.security.MessageDigest;

/** The bytes of a cached file; its end is only reached where they are those that were recorded. */
final class CheckedStream extends InputStream {
  private final CachedFile file;
  private final long size;
  private final InputStream in;
  private final MessageDigest hash = Digest.newMessageDigest();
  private long count;
  private boolean ended;

  CheckedStream(CachedFile file) {
    this.file = file;
    this.size = file.size();
    try {
      this.in = Files.newInputStream(file.path(), LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw file.broken(e);
    }
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    int read;
    try {
      read = in.read(buffer, offset, length);
    } catch (IOException e) {
      throw file.broken(e);
    }
    if (read < 0) {
      requireRecorded();
      ended = true;
      return -1;
    }
    count += read;
    if (count > size) {
      throw file.changed();
    }
    hash.update(buffer, offset, read);
    return read;
  }

  /** In larger pieces than every stream does. */
  @Override
  public long transferTo(OutputStream out) throws IOException {
    byte[] buffer = new byte[CachedFile.BUFFER];
    long before = count;
    for (int n = read(buffer, 0, buffer.length); n >= 0; n = read(buffer, 0, buffer.length)) {
      out.write(buffer, 0, n);
    }
    return count - before;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void requireRecorded() {
    if (count != size || !Digest.finish(hash).equals(file.digest())) {
      throw file.changed();
    }
  }
}
