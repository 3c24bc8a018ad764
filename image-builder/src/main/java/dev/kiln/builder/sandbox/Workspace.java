package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An empty directory in which a tree is made and packed. Where the machine has memory enough it is
 * a file system in memory, which takes and forgets tens of thousands of files at once and never
 * waits for a disk; elsewhere it is the directory itself.
 *
 * <p>The file system is mounted in a mount namespace that one small process keeps: the host does
 * not see it, and it goes with that process, which the kernel ends when Kiln dies. What is in the
 * directory itself is removed by the sandbox, which alone may remove every user's files.
 */
public final class Workspace implements AutoCloseable {
  private static final String MOUNT =
      "\"$0\" mount -t tmpfs -o \"mode=0755,size=$2\" kiln \"$1\" && echo ready && exec \"$0\" cat";

  private final Sandbox sandbox;
  private final ImageTree tree;

  private Workspace(Sandbox sandbox, ImageTree tree) {
    this.sandbox = sandbox;
    this.tree = tree;
  }

  /** One of about so many bytes, in memory where they fit. */
  static Workspace open(Sandbox sandbox, Path directory, long bytes) {
    return Memory.hasRoomFor(bytes)
        ? keeper(sandbox, directory, 2 * bytes)
            .map(process -> new Workspace(sandbox, ImageTree.keptBy(process, directory)))
            .orElseGet(() -> onDisk(sandbox, directory))
        : onDisk(sandbox, directory);
  }

  static Workspace onDisk(Sandbox sandbox, Path directory) {
    return new Workspace(sandbox, ImageTree.at(directory));
  }

  public ImageTree tree() {
    return tree;
  }

  @Override
  public void close() {
    tree.keeper()
        .ifPresentOrElse(
            process -> {
              process.destroyForcibly();
              process.onExit().join();
            },
            () -> sandbox.empty(tree));
  }

  /** Empty where no file system can be mounted: then the disk has to do. */
  private static Optional<Process> keeper(Sandbox sandbox, Path directory, long size) {
    List<String> line = new ArrayList<>(sandbox.isolation().keeping());
    String program = sandbox.program().toString();
    line.addAll(List.of(program, "sh", "-c", MOUNT, program));
    line.addAll(List.of(directory.toAbsolutePath().toString(), Long.toString(size)));
    ProcessBuilder builder = new ProcessBuilder(line);
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
          sandbox.isolation().need(),
          e);
    }
  }
}
