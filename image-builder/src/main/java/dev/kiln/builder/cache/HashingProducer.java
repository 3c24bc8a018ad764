package dev.kiln.builder.cache;

import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Makes a cache entry, and hashes some of it on the way. */
@FunctionalInterface
public interface HashingProducer {
  /**
   * Makes one file or one directory.
   *
   * @param target where; it does not exist yet, its directory does, and nobody else uses it
   * @return the digests of those of its files that need not be read once more, by their paths below
   *     it
   */
  Map<String, Digest> produce(Path target) throws IOException;
}
