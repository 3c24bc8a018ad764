package dev.kiln.builder.cache;

import dev.kiln.file.ExclusiveFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Locks by name, each held by at most one thread of all processes that use the directory ({@link
 * ExclusiveFile}). A waiting thread asks again from time to time instead of blocking in the kernel:
 * the kernel takes two processes, each with one thread that holds and another that waits, for a
 * deadlock (EDEADLK).
 */
final class Locks {
  /** One thread of a process at a time is at the guard, whose lock is the whole process's. */
  private static final Object AT_THE_GUARD = new Object();

  private static final long ASK_AGAIN_MILLIS = 25;

  private final Path directory;
  private final Path guard;
  private final Waiting waiting;

  Locks(Path directory, Waiting waiting) throws IOException {
    Files.createDirectories(directory);
    this.directory = directory.toRealPath();
    this.guard = this.directory.resolve(".guard");
    this.waiting = waiting;
  }

  /**
   * What is said of a wait.
   *
   * @param words are told who holds a lock
   * @param each after how long, and after how much longer each time
   */
  record Waiting(Consumer<String> words, Duration each) {
    static Waiting telling(Consumer<String> words) {
      return new Waiting(words, Duration.ofMinutes(1));
    }
  }

  /** The same locks, where somebody is told of each wait. */
  Locks with(Waiting other) throws IOException {
    return new Locks(directory, other);
  }

  /** Waits until nobody else holds the lock. */
  Held acquire(String name) throws IOException {
    long began = System.nanoTime();
    Duration told = Duration.ZERO;
    synchronized (AT_THE_GUARD) {
      while (true) {
        Optional<Held> held = tryAcquire(name);
        if (held.isPresent()) {
          return held.get();
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - began);
        if (waited.minus(told).compareTo(waiting.each()) >= 0) {
          told = waited;
          waiting.words().accept(words(name, waited));
        }
        try {
          AT_THE_GUARD.wait(ASK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted while another bake holds " + name);
        }
      }
    }
  }

  private String words(String name, Duration waited) throws IOException {
    String holder =
        ExclusiveFile.holder(directory.resolve(name))
            .map(pid -> "the process " + pid)
            .orElse("another process");
    return "waiting for %s s: %s makes the same (%s). Where it hangs, end it"
        .formatted(
            waited.toSeconds(), holder, name.replaceFirst("(?<=[0-9a-f]{12})[0-9a-f]+$", ""));
  }

  /** Empty when any thread of any process holds the lock. */
  Optional<Held> tryAcquire(String name) throws IOException {
    Path file = directory.resolve(name);
    synchronized (AT_THE_GUARD) {
      return guarded(() -> ExclusiveFile.take(file)).map(taken -> new Held(file, taken));
    }
  }

  /** Removes the lock files of processes that were killed. */
  void sweep() throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(directory)) {
      files = list.filter(Locks::isLock).toList();
    }
    for (Path file : files) {
      tryAcquire(String.valueOf(file.getFileName())).ifPresent(Held::close);
    }
  }

  private static boolean isLock(Path file) {
    return Names.isLock(String.valueOf(file.getFileName()))
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Lock files are opened and deleted only under the guard, so that nobody can lock a file that has
   * lost its name. Whoever has the guard waits for nothing else.
   */
  private <T> T guarded(Guarded<T> work) throws IOException {
    try (FileChannel channel =
            FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock ignored = channel.lock()) {
      return work.run();
    }
  }

  private interface Guarded<T> {
    T run() throws IOException;
  }

  /** A lock in hand; any thread may give it back. */
  final class Held implements AutoCloseable {
    private final Path file;
    private final ExclusiveFile taken;
    private boolean given;

    private Held(Path file, ExclusiveFile taken) {
      this.file = file;
      this.taken = taken;
    }

    @Override
    public void close() {
      synchronized (AT_THE_GUARD) {
        if (given) {
          return;
        }
        given = true;
        try {
          guarded(
              () -> {
                Files.deleteIfExists(file);
                taken.close();
                return true;
              });
        } catch (IOException e) {
          // The lock ends with its descriptor; the empty file is swept later.
          closeQuietly();
        }
        AT_THE_GUARD.notifyAll();
      }
    }

    private void closeQuietly() {
      try {
        taken.close();
      } catch (IOException e) {
        // Nothing is buffered in a lock file: nothing was lost.
      }
    }
  }
}
