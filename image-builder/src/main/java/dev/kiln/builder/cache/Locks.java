package dev.kiln.builder.cache;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Locks by name, each held by at most one thread of all processes that use the directory. The
 * kernel releases the locks of a process however it dies.
 *
 * <p>File locks on POSIX belong to a process, and closing <em>any</em> descriptor of a file
 * releases them (fcntl(2)). So what this process holds is remembered for the whole process, and a
 * file it holds is never opened a second time. A waiting thread asks again from time to time
 * instead of blocking in the kernel: the kernel takes two processes, each with one thread that
 * holds and another that waits, for a deadlock (EDEADLK).
 */
final class Locks {
  private static final Set<Path> HELD_BY_THIS_PROCESS = new HashSet<>();
  private static final long ASK_AGAIN_MILLIS = 25;

  private final Path directory;
  private final Path guard;

  Locks(Path directory) throws IOException {
    Files.createDirectories(directory);
    this.directory = directory.toRealPath();
    this.guard = this.directory.resolve(".guard");
  }

  /** Waits until nobody else holds the lock. */
  Held acquire(String name) throws IOException {
    synchronized (HELD_BY_THIS_PROCESS) {
      while (true) {
        Optional<Held> held = tryAcquire(name);
        if (held.isPresent()) {
          return held.get();
        }
        try {
          HELD_BY_THIS_PROCESS.wait(ASK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted while another bake holds " + name);
        }
      }
    }
  }

  /** Empty when any thread of any process holds the lock. */
  Optional<Held> tryAcquire(String name) throws IOException {
    Path file = directory.resolve(name);
    synchronized (HELD_BY_THIS_PROCESS) {
      if (HELD_BY_THIS_PROCESS.contains(file)) {
        return Optional.empty();
      }
      Optional<FileChannel> channel = guarded(() -> openLocked(file));
      channel.ifPresent(ignored -> HELD_BY_THIS_PROCESS.add(file));
      return channel.map(locked -> new Held(file, locked));
    }
  }

  /** Removes the lock files of processes that were killed. */
  void sweep() throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(directory)) {
      files = list.filter(file -> !file.equals(guard)).toList();
    }
    for (Path file : files) {
      tryAcquire(String.valueOf(file.getFileName())).ifPresent(Held::close);
    }
  }

  private static Optional<FileChannel> openLocked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(channel);
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
    private final FileChannel channel;

    private Held(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    @Override
    public void close() {
      synchronized (HELD_BY_THIS_PROCESS) {
        if (!channel.isOpen()) {
          return;
        }
        try {
          guarded(
              () -> {
                Files.deleteIfExists(file);
                channel.close();
                return true;
              });
        } catch (IOException e) {
          // The lock ends with its descriptor; the empty file is swept later.
          closeQuietly();
        }
        HELD_BY_THIS_PROCESS.remove(file);
        HELD_BY_THIS_PROCESS.notifyAll();
      }
    }

    private void closeQuietly() {
      try {
        channel.close();
      } catch (IOException e) {
        // Nothing is buffered in a lock file: nothing was lost.
      }
    }
  }
}
