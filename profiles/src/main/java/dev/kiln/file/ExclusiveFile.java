package dev.kiln.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A lock file in hand: at most one thread of all processes has it. The kernel releases it however
 * its process dies. Its content is the number of that process, for whoever waits.
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
        if (lock != null) {
          String owner = Long.toString(ProcessHandle.current().pid());
          channel.truncate(0).write(StandardCharsets.UTF_8.encode(owner));
          locked = true;
        }
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

  /**
   * The process that has it, or had it last; empty where none says so.
   *
   * @param path of the file
   */
  public static Optional<Long> holder(Path path) throws IOException {
    Path file = path.toAbsolutePath().normalize();
    synchronized (HELD_BY_THIS_PROCESS) {
      if (HELD_BY_THIS_PROCESS.contains(file)) {
        return Optional.of(ProcessHandle.current().pid());
      }
    }
    // Not while this process has it: closing any descriptor would release the lock.
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(20), StandardCharsets.UTF_8);
      return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
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
