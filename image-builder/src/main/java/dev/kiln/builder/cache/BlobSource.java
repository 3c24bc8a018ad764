package dev.kiln.builder.cache;

import java.io.IOException;

/** Brings the bytes of a blob that the cache does not have. */
@FunctionalInterface
public interface BlobSource {
  /** Writes until {@link BlobWriter#digest()} is the digest asked for. */
  void fill(BlobWriter writer) throws IOException;
}
