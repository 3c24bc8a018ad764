package dev.kiln.bootserver.boot;

import dev.kiln.file.Digest;
import java.nio.ByteBuffer;

/** A boot program as it was read at one time. Immutable. */
public final class LoaderProgram {
  private final ByteBuffer octets;
  private final Digest digest;

  LoaderProgram(byte[] octets) {
    this.octets = ByteBuffer.wrap(octets).asReadOnlyBuffer();
    this.digest = Digest.of(octets);
  }

  public int size() {
    return octets.capacity();
  }

  /** All of it, read-only, with a position of the caller's own. */
  public ByteBuffer octets() {
    return octets.duplicate();
  }

  public Digest digest() {
    return digest;
  }
}
