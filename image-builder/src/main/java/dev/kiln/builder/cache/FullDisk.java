package dev.kiln.builder.cache;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Tells a full disk from other failures: the kernel's words are all that Java passes on. */
final class FullDisk {
  private FullDisk() {}

  static Optional<KilnException> recognise(Path root, IOException failure) {
    String words = String.valueOf(failure.getMessage());
    if (!words.contains("No space left on device") && !words.contains("Disk quota exceeded")) {
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
