package dev.kiln.builder.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What killed processes left in a cache: their locks are free, so nobody lives who needs it. */
final class Leftovers {
  /** A partial download that nobody took up for so long will not be. */
  private static final Duration KEEP_PARTIALS = Duration.ofDays(14);

  private final Path root;
  private final Locks locks;

  Leftovers(Path root, Locks locks) {
    this.root = root;
    this.locks = locks;
  }

  /** The lock of a directory in {@code tmp/}. */
  static String scratchLock(String directory) {
    return "scratch-" + directory;
  }

  /** The lock of a blob and of its file in {@code partial/}. */
  static String blobLock(String hex) {
    return "blob-" + hex;
  }

  void remove() throws IOException {
    removeScratches();
    removePartials();
    locks.sweep();
  }

  private void removeScratches() throws IOException {
    for (Path directory : list("tmp")) {
      Optional<Locks.Held> held = locks.tryAcquire(scratchLock(nameOf(directory)));
      if (held.isPresent()) {
        new Scratch(directory, held.get()).close();
      }
    }
  }

  private void removePartials() throws IOException {
    Instant old = Instant.now().minus(KEEP_PARTIALS);
    for (Path partial : list("partial")) {
      Optional<Locks.Held> held = locks.tryAcquire(blobLock(nameOf(partial)));
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

  private List<Path> list(String part) throws IOException {
    try (Stream<Path> list = Files.list(root.resolve(part))) {
      return list.toList();
    }
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
