package dev.kiln.builder.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What killed processes left in a cache: their locks are free, so nobody lives who needs it. What
 * has no name that a cache gives is another's, and stays.
 */
final class Leftovers {
  /** A partial download that nobody took up for so long will not be. */
  private static final Duration KEEP_PARTIALS = Duration.ofDays(14);

  private final Path root;
  private final Locks locks;

  Leftovers(Path root, Locks locks) {
    this.root = root;
    this.locks = locks;
  }

  void remove() throws IOException {
    removeScratches();
    removePartials();
    locks.sweep();
  }

  private void removeScratches() throws IOException {
    for (Path directory : list("tmp", Names::isScratch)) {
      Optional<Locks.Held> held = locks.tryAcquire(Names.scratchLock(nameOf(directory)));
      if (held.isPresent()) {
        new Scratch(directory, held.get()).close();
      }
    }
  }

  private void removePartials() throws IOException {
    Instant old = Instant.now().minus(KEEP_PARTIALS);
    for (Path partial : list("partial", Names::isDigest)) {
      Optional<Locks.Held> held = locks.tryAcquire(Names.blobLock(nameOf(partial)));
      if (held.isPresent()) {
        try (Locks.Held ignored = held.get()) {
          removeIfOlder(partial, old);
        }
      }
    }
  }

  private static void removeIfOlder(Path file, Instant time) throws IOException {
    // Whoever had the lock may have completed it meanwhile.
    if (Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
      Files.delete(file);
    }
  }

  private List<Path> list(String part, Predicate<String> named) throws IOException {
    try (Stream<Path> list = Files.list(root.resolve(part))) {
      return list.filter(path -> named.test(nameOf(path))).toList();
    }
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
