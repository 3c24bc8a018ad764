package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs commands in namespaces of their own (mount, process, network, host name, IPC): they see one
 * tree and what is bound into it, reach no network, have few capabilities, and all die with Kiln.
 *
 * <p>The only programs of the host it needs are {@code setpriv}, {@code setsid}, {@code unshare}
 * and {@code nsenter} of util-linux; everything else is the kit's static busybox.
 */
public final class Sandbox {
  /** Writes a command's standard input; the stream is closed afterwards. */
  @FunctionalInterface
  public interface Input {
    void writeTo(OutputStream commandsInput) throws IOException;
  }

  private static final Input NONE = in -> {};

  /** capabilities(7): what installing packages takes, and nothing that touches the machine. */
  private static final String CAPABILITIES =
      "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setfcap";

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
   * @param input writes its standard input; that it fails is a failure whatever the exit status
   * @param lines is given each line the command prints, as it prints it; a line beyond 4096
   *     characters comes in pieces
   */
  public Exit run(Command command, Input input, Consumer<String> lines) {
    try {
      Process process = start(command);
      try {
        Feeder feeder = new Feeder(input, process.getOutputStream());
        feeder.start();
        String output = new OutputLines(lines).read(process.getInputStream());
        int status = process.waitFor();
        feeder.finish();
        return new Exit(status, output);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new KilnException(
          KilnException.Kind.DEPENDENCY,
          "cannot start a sandbox: " + e.getMessage(),
          "Install util-linux (for setpriv, setsid, unshare and nsenter) and run as root",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KilnException(
          KilnException.Kind.IO, "stopped while a command ran", "Run it again", e);
    }
  }

  private Process start(Command command) throws IOException {
    List<String> line = new ArrayList<>();
    // The kernel ends unshare when Kiln's thread dies, and unshare takes all its own along.
    line.addAll(List.of("setpriv", "--pdeathsig", "KILL", "--inh-caps", "+sys_admin"));
    workspace.map(Workspace::enter).ifPresent(line::addAll);
    // Inherited, the right to mount outlives the end of the bounding set until enter.sh gives it
    // up.
    line.addAll(List.of("setpriv", "--bounding-set", CAPABILITIES));
    // A session of its own: the command cannot write into Kiln's terminal.
    line.addAll(List.of("setsid", "unshare", "--mount", "--pid", "--net", "--uts", "--ipc"));
    line.addAll(List.of("--fork", "--kill-child", busybox.toString(), "sh", script.toString()));
    line.addAll(List.of(Long.toString(ProcessHandle.current().pid()), inside(command.root())));
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
}
