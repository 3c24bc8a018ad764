package dev.kiln.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A lock file in hand: at most one thread of all processes has it. The kernel releases it however
 * its process dies.
 *
 * <p>File locks on POSIX belong to a process, and closing <em>any</em> descriptor of a file
 * releases them (fcntl(2)). So what this process holds is remembered for the whole process, and a
 * file it holds is never opened a second time.
 */
public final class ExclusiveFile implements AutoCloseable {
  private static final Set<Path> HELD_BY_THIS_PROCESS = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private ExclusiveFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes it, without waiting; empty where anybody has it.
   *
   * @param path made where it is not there; its directory must be
   */
  public static Optional<ExclusiveFile> take(Path path) throws IOException {
    Path file = path.toAbsolutePath().normalize();
    synchronized (HELD_BY_THIS_PROCESS) {
      if (HELD_BY_THIS_PROCESS.contains(file)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean locked = false;
      try {
        FileLock lock = channel.tryLock();
        locked = lock != null;
      } finally {
        if (!locked) {
          channel.close();
        }
      }
      if (!locked) {
        return Optional.empty();
      }
      HELD_BY_THIS_PROCESS.add(file);
      return Optional.of(new ExclusiveFile(file, channel));
    }
  }

  /** Gives it back, and leaves the file; a second time does nothing. */
  @Override
  public void close() throws IOException {
    synchronized (HELD_BY_THIS_PROCESS) {
      if (channel.isOpen()) {
        HELD_BY_THIS_PROCESS.remove(file);
        channel.close();
      }
    }
  }
}
