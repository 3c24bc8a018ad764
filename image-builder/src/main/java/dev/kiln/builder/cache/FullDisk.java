package dev.kiln.builder.cache;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Tells a full disk from other failures: the kernel's words are all that Java passes on. */
final class FullDisk {
  private FullDisk() {}

  static Optional<KilnException> recognise(Path root, IOException failure) {
    if (!KilnException.isFullDisk(String.valueOf(failure.getMessage()))) {
      return Optional.empty();
    }
    return Optional.of(
        new KilnException(
            KilnException.Kind.IO,
            "the disk of the cache " + root + " is full",
            "Free some space there, or name a cache on another disk, and run it again: what is"
                + " complete is kept",
            failure));
  }
}
