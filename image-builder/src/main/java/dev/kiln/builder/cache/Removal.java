package dev.kiln.builder.cache;

import dev.kiln.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes things out of a cache: renamed away under their locks, so that nobody finds half of one,
 * and then deleted.
 */
final class Removal {
  private final Cache cache;

  Removal(Cache cache) {
    this.cache = cache;
  }

  /**
   * Removes something broken. It is looked at once more under its lock: another bake may have made
   * it again meanwhile, and be using it.
   *
   * @return whether it was there, and broken
   */
  boolean dropBroken(Item item) {
    try (Locks.Held ignored = cache.locks().acquire(item.lock())) {
      if (!isBroken(item)) {
        return false;
      }
      remove(cache.place(item));
      return true;
    } catch (IOException e) {
      throw Cache.failure(cache.root(), "remove " + cache.place(item), e);
    }
  }

  /**
   * Removes what nobody is writing, and nobody used since.
   *
   * @return how many bytes it had; empty where it stays
   */
  OptionalLong removeUnused(Item item, Instant since) throws IOException {
    Optional<Locks.Held> held = cache.locks().tryAcquire(item.lock());
    if (held.isEmpty()) {
      return OptionalLong.empty();
    }
    try (Locks.Held ignored = held.get()) {
      Path place = cache.place(item);
      if (!LastUse.of(place).filter(last -> last.isBefore(since)).isPresent()) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(remove(place));
    }
  }

  /** Removes a file or directory, and tells how many bytes it had. */
  long remove(Path path) throws IOException {
    long bytes = Tree.size(path);
    try (Scratch scratch = cache.scratch("removed")) {
      AtomicFile.rename(path, scratch.path().resolve("removed"));
    }
    return bytes;
  }

  private boolean isBroken(Item item) {
    if (!Files.exists(cache.place(item), LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      cache.check(item);
      return false;
    } catch (BrokenEntry e) {
      return true;
    }
  }
}
