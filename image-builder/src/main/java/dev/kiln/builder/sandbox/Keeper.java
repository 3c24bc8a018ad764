package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small process that keeps a mount namespace with a file system in memory. The host does not see
 * it, and it goes with that process, which the kernel ends when Kiln dies.
 */
final class Keeper {
  /** What the file system is called in every list of mounts. */
  static final String SOURCE = "kiln-workspace";

  private static final String MOUNT =
      "\"$0\" mount -t tmpfs -o \"mode=0755,size=$2,nr_inodes=$3\" "
          + SOURCE
          + " \"$1\" && echo ready && exec \"$0\" cat";

  /** An inode takes about a quarter of it, and no block: their number is what bounds them. */
  private static final long BYTES_OF_AN_INODE = 4 << 10;

  private final Process process;
  private final long size;
  private volatile boolean wasFull;

  private Keeper(Process process, long size) {
    this.process = process;
    this.size = size;
  }

  /**
   * Mounts one of at most so many bytes.
   *
   * @return nothing where no file system can be mounted
   */
  static Optional<Keeper> open(Sandbox sandbox, Path directory, long size) {
    List<String> line = new ArrayList<>(sandbox.isolation().keeping());
    String program = sandbox.program().toString();
    line.addAll(List.of(program, "sh", "-c", MOUNT, program));
    line.addAll(List.of(directory.toAbsolutePath().toString(), Long.toString(size)));
    line.add(Long.toString(size / BYTES_OF_AN_INODE));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    try {
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader words = process.inputReader();
      if ("ready".equals(words.readLine())) {
        return Optional.of(new Keeper(process, size));
      }
      process.destroyForcibly();
      return Optional.empty();
    } catch (IOException e) {
      throw new KilnException(
          KilnException.Kind.DEPENDENCY,
          "cannot start a sandbox: " + e.getMessage(),
          sandbox.isolation().need(),
          e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** How many bytes its file system can take. */
  long size() {
    return size;
  }

  /** Is told how a command ended that saw the file system. */
  void hear(Exit exit) {
    wasFull |= exit.saidNoSpace();
  }

  /** Whether a command found no space: it may have gone on without what it wanted to write. */
  boolean wasFull() {
    return wasFull;
  }

  void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
