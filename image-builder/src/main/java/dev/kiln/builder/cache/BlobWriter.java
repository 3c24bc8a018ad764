package dev.kiln.builder.cache;

import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;

/**
 * Writes one blob, hashing while it writes. What a killed writer left is taken up again at its end.
 */
public final class BlobWriter implements AutoCloseable {
  private final FileChannel channel;
  private MessageDigest hash = Digest.newMessageDigest();
  private long position;

  BlobWriter(Path partial) throws IOException {
    if (Files.exists(partial) && !Files.isWritable(partial)) {
      // Whole, and its writer was killed before it had its name.
      Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rw-------"));
    }
    channel =
        FileChannel.open(
            partial, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    takeUp();
  }

  /** How many bytes are there, from the blob's first on. */
  public long position() {
    return position;
  }

  /** The digest of what is there. */
  public Digest digest() {
    try {
      return Digest.finish((MessageDigest) hash.clone());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  public void write(ByteBuffer bytes) throws IOException {
    hash.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /** Throws away what is there. */
  public void restart() throws IOException {
    channel.truncate(0);
    hash = Digest.newMessageDigest();
    position = 0;
  }

  void force() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void takeUp() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    for (int n = channel.read(buffer, 0); n > 0; n = channel.read(buffer, position)) {
      hash.update(buffer.flip());
      position += n;
      buffer.clear();
    }
  }
}
