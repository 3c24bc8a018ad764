package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An empty directory in which a tree is made and packed. Where the machine has memory enough it is
 * a file system in memory, which takes and forgets tens of thousands of files at once and never
 * waits for a disk; elsewhere it is the directory itself.
 *
 * <p>The file system is mounted in a mount namespace that one small process keeps: the host does
 * not see it, and it goes with that process, which the kernel ends when Kiln dies.
 */
public final class Workspace implements AutoCloseable {
  private static final String MOUNT =
      "\"$0\" mount -t tmpfs -o \"mode=0755,size=$2\" kiln \"$1\" && echo ready && exec \"$0\" cat";

  private final Path directory;
  private final Optional<Process> keeper;

  private Workspace(Path directory, Optional<Process> keeper) {
    this.directory = directory;
    this.keeper = keeper;
  }

  /**
   * Opens one.
   *
   * @param busybox a static busybox
   * @param directory empty, on disk
   * @param bytes how large the tree will be, about
   */
  public static Workspace open(Path busybox, Path directory, long bytes) {
    Path absolute = directory.toAbsolutePath();
    return new Workspace(
        absolute,
        Memory.hasRoomFor(bytes) ? keeper(busybox, absolute, 2 * bytes) : Optional.empty());
  }

  /** Where its files are, for Kiln itself. */
  public Path path() {
    return keeper.map(process -> seenThrough(process).resolve(relative())).orElse(directory);
  }

  /** What comes before a command so that it sees the file system. */
  List<String> enter() {
    return keeper
        .map(process -> List.of("nsenter", "--mount=/proc/" + process.pid() + "/ns/mnt"))
        .orElse(List.of());
  }

  /** A path of Kiln's as commands see it that {@link #enter}ed. */
  Path inside(Path path) {
    return keeper
        .map(Workspace::seenThrough)
        .filter(path::startsWith)
        .map(root -> Path.of("/").resolve(root.relativize(path)))
        .orElse(path);
  }

  @Override
  public void close() {
    keeper.ifPresent(
        process -> {
          process.destroyForcibly();
          process.onExit().join();
        });
  }

  private Path relative() {
    return Path.of("/").relativize(directory);
  }

  private static Path seenThrough(Process process) {
    return Path.of("/proc", Long.toString(process.pid()), "root");
  }

  /** Empty where no file system can be mounted: then the disk has to do. */
  private static Optional<Process> keeper(Path busybox, Path directory, long size) {
    String program = busybox.toAbsolutePath().toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            "setpriv",
            "--pdeathsig",
            "KILL",
            "unshare",
            "--mount",
            "--propagation",
            "private",
            program,
            "sh",
            "-c",
            MOUNT,
            program,
            directory.toString(),
            Long.toString(size));
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    try {
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader words = process.inputReader();
      if ("ready".equals(words.readLine())) {
        return Optional.of(process);
      }
      process.destroyForcibly();
      return Optional.empty();
    } catch (IOException e) {
      throw new KilnException(
          KilnException.Kind.DEPENDENCY,
          "cannot start a sandbox: " + e.getMessage(),
          "Install util-linux (for setpriv, unshare and nsenter) and run as root",
          e);
    }
  }
}
