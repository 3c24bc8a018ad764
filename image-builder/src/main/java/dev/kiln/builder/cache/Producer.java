package dev.kiln.builder.cache;

import java.io.IOException;
import java.nio.file.Path;

/** Makes a cache entry. */
@FunctionalInterface
public interface Producer {
  /**
   * Makes one file or one directory.
   *
   * @param target where; it does not exist yet, its directory does, and nobody else uses it
   */
  void produce(Path target) throws IOException;
}
