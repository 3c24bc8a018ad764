package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs commands in namespaces of their own (mount, process, network, host name, IPC): they see one
 * tree and what is bound into it, reach no network, and all die with Kiln.
 *
 * <p>The only programs of the host it needs are {@code setpriv} and {@code unshare} of util-linux;
 * everything else is the kit's static busybox.
 */
public final class Sandbox {
  /** Writes a command's standard input; the stream is closed afterwards. */
  @FunctionalInterface
  public interface Input {
    void writeTo(OutputStream commandsInput) throws IOException;
  }

  private static final Input NONE = in -> {};
  private static final int KEPT_OUTPUT = 8 << 10;

  private final Path busybox;
  private final Path script;
  private final Optional<Workspace> workspace;

  /**
   * Prepares a sandbox.
   *
   * @param busybox a static busybox
   * @param scratch a directory of Kiln's own for the sandbox's script
   */
  public Sandbox(Path busybox, Path scratch) {
    this.busybox = busybox.toAbsolutePath();
    this.script = scratch.toAbsolutePath().resolve("enter.sh");
    this.workspace = Optional.empty();
    try (InputStream in = Sandbox.class.getResourceAsStream("enter.sh")) {
      if (in == null) {
        throw new IllegalStateException("the jar is damaged: enter.sh is missing");
      }
      Files.write(script, in.readAllBytes());
    } catch (IOException e) {
      throw KilnException.io("write " + script, e);
    }
  }

  private Sandbox(Sandbox other, Workspace workspace) {
    this.busybox = other.busybox;
    this.script = other.script;
    this.workspace = Optional.of(workspace);
  }

  /** The same sandbox, whose commands also see what is in a workspace. */
  public Sandbox in(Workspace within) {
    return new Sandbox(this, within);
  }

  /** Runs to the end; standard input is empty. */
  public Exit run(Command command) {
    return run(command, NONE, line -> {});
  }

  /**
   * Runs to the end.
   *
   * @param lines is given each line the command prints, as it prints it
   */
  public Exit run(Command command, Input input, java.util.function.Consumer<String> lines) {
    try {
      Process process = start(command);
      try {
        Thread feeder = feed(process, input);
        String output = drain(process.getInputStream(), lines);
        int status = process.waitFor();
        feeder.join();
        return new Exit(status, output);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new KilnException(
          KilnException.Kind.DEPENDENCY,
          "cannot start a sandbox: " + e.getMessage(),
          "Install util-linux (for unshare) and run as root",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KilnException(
          KilnException.Kind.IO, "stopped while a command ran", "Run it again", e);
    }
  }

  private Process start(Command command) throws IOException {
    // The kernel ends unshare when Kiln's thread dies, and unshare takes all its own along.
    List<String> line = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
    workspace.map(Workspace::enter).ifPresent(line::addAll);
    line.addAll(
        List.of(
            "unshare",
            "--mount",
            "--pid",
            "--net",
            "--uts",
            "--ipc",
            "--fork",
            "--kill-child",
            busybox.toString(),
            "sh",
            script.toString(),
            inside(command.root())));
    for (Bind bind : command.binds()) {
      line.addAll(
          List.of("--bind", inside(bind.source()), bind.target(), bind.writable() ? "rw" : "ro"));
    }
    line.add("--");
    line.addAll(command.arguments());
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    return builder.start();
  }

  private String inside(Path path) {
    return workspace.map(within -> within.inside(path)).orElse(path).toString();
  }

  private static Thread feed(Process process, Input input) {
    Thread feeder =
        new Thread(
            () -> {
              try (OutputStream out = process.getOutputStream()) {
                input.writeTo(out);
              } catch (IOException e) {
                // The command ended before it read everything: its exit status tells.
              }
            },
            "sandbox-input");
    feeder.start();
    return feeder;
  }

  private static String drain(InputStream output, java.util.function.Consumer<String> lines)
      throws IOException {
    StringBuilder kept = new StringBuilder();
    try (var reader =
        new java.io.BufferedReader(new java.io.InputStreamReader(output, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
        kept.append(line).append('\n');
        if (kept.length() > 2 * KEPT_OUTPUT) {
          kept.delete(0, kept.length() - KEPT_OUTPUT);
        }
      }
    }
    return kept.toString();
  }
}
