package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;
import dev.kiln.file.Resource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

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

  /** Where a command finds the busybox that {@link #busybox} binds. */
  public static final String BUSYBOX = "/run/kiln/busybox";

  private final Isolation isolation = Isolation.of(user());
  private final Memory memory;
  private final ImageTree tools;
  private final Path program;
  private final Path script;

  /**
   * Prepares a sandbox.
   *
   * @param tools a tree with the busybox
   * @param busybox the path in it of a static busybox, which makes every sandbox: it must be the
   *     tree's own
   * @param scratch a directory of Kiln's own for the sandbox's script
   */
  public Sandbox(ImageTree tools, String busybox, Path scratch) {
    this(tools, busybox, scratch, new Memory(Path.of("/")));
  }

  /** One whose trees take no more memory than is there. */
  Sandbox(ImageTree tools, String busybox, Path scratch, Memory memory) {
    this.memory = memory;
    this.tools = tools;
    this.program = tools.resolve(busybox);
    if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
      throw KilnException.input(
          "the kit has no busybox", "Add busybox-static to the profile's kit");
    }
    this.script = scratch.toAbsolutePath().resolve("enter.sh");
    try {
      // By a rename: a command of another sandbox may be reading the one that is there.
      Path beside = Files.createTempFile(script.resolveSibling(""), "enter", ".part");
      Files.write(beside, Resource.bytes(Sandbox.class, "enter.sh"));
      Files.move(beside, script, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw KilnException.io("write " + script, e);
    }
  }

  /**
   * Refuses, before anything is fetched for it, a bake that this user or this machine cannot do.
   *
   * @param environment with the {@code PATH} on which programs are found
   * @throws KilnException with all that is lacking: of kind IO where the user may not, or the
   *     machine does not let it, of kind DEPENDENCY where only programs are missing
   */
  public static void requireUsable(Map<String, String> environment) {
    List<Path> directories =
        Stream.of(environment.getOrDefault("PATH", "").split(":"))
            .filter(directory -> !directory.isEmpty())
            .map(Path::of)
            .toList();
    Isolation.of(user())
        .lacking(
            program ->
                directories.stream()
                    .anyMatch(directory -> Files.isExecutable(directory.resolve(program))))
        .ifPresent(
            failure -> {
              throw failure;
            });
    tryIsolation(environment);
  }

  /** What a container or its host forbids is seen by nothing but an attempt. */
  private static void tryIsolation(Map<String, String> environment) {
    List<String> line = new ArrayList<>(Isolation.of(user()).isolating(Optional.empty()));
    line.add("true");
    ProcessBuilder attempt = new ProcessBuilder(line).redirectErrorStream(true);
    attempt.environment().clear();
    attempt.environment().put("PATH", environment.getOrDefault("PATH", ""));
    try {
      Process process = attempt.start();
      process.getOutputStream().close();
      String words = new OutputLines(any -> {}).read(process.getInputStream()).strip();
      if (process.waitFor() != 0) {
        throw new KilnException(
            KilnException.Kind.IO,
            "root may not make a sandbox here: " + words,
            "Run it outside of containers, or in one that has the capabilities SYS_ADMIN and"
                + " NET_ADMIN and may make namespaces");
      }
    } catch (IOException e) {
      throw KilnException.io("try a sandbox", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KilnException(KilnException.Kind.IO, "stopped", "Run it again", e);
    }
  }

  private static int user() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw KilnException.io("learn which user this is", e);
    }
  }

  /** Shows a command the busybox, at {@link #BUSYBOX}. */
  public Bind busybox() {
    return Bind.readOnly(program, BUSYBOX);
  }

  /**
   * A place for a tree.
   *
   * @param scratch a directory on disk that lives as long as the tree, and has none yet
   * @param words is told where the tree is made, where that is not in memory
   */
  public Workspace workspace(Path scratch, WorkspacePlace place, Consumer<String> words) {
    try {
      return new Workspace(this, Files.createDirectory(scratch.resolve("tree")), place, words);
    } catch (IOException e) {
      throw KilnException.io("make a place for a tree", e);
    }
  }

  /** A place on disk for a tree that takes nobody knows how many bytes. */
  public Workspace workspaceOnDisk(Path scratch) {
    return workspace(scratch, WorkspacePlace.DISK, line -> {});
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
    return run(command, input, lines, Silence.forEver());
  }

  /** Runs to the end what is not Kiln's own, and may hang. */
  public Exit run(Command command, Consumer<String> lines, Silence silence) {
    return run(command, NONE, lines, silence);
  }

  private Exit run(Command command, Input input, Consumer<String> lines, Silence silence) {
    try {
      Process process = start(command);
      try (Silence.Watch watch = silence.over(process, lines)) {
        Feeder feeder = new Feeder(input, process.getOutputStream());
        feeder.start();
        OutputLines output = new OutputLines(watch);
        String last = output.read(process.getInputStream());
        int status = process.waitFor();
        Exit exit = new Exit(status, watch.end(last), output.saidNoSpace());
        command.keeper().ifPresent(keeper -> keeper.hear(exit));
        feeder.finish();
        return exit;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new KilnException(
          KilnException.Kind.DEPENDENCY,
          "cannot start a sandbox: " + e.getMessage(),
          isolation.need(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KilnException(
          KilnException.Kind.IO, "stopped while a command ran", "Run it again", e);
    }
  }

  /** Removes all that is in a tree. */
  void empty(ImageTree tree) {
    List<String> remove = List.of("-exec", BUSYBOX, "rm", "-rf", "{}", "+");
    run(tool("find", "/run/tree", "-mindepth", "1", "-maxdepth", "1")
            .and(remove)
            .with(Bind.writable(tree, "/run/tree")))
        .orFail("remove " + tree.inside());
  }

  /** An applet of the busybox. */
  Command tool(String... arguments) {
    return Command.of(tools, BUSYBOX).and(List.of(arguments)).with(busybox());
  }

  Memory memory() {
    return memory;
  }

  Isolation isolation() {
    return isolation;
  }

  Path program() {
    return program;
  }

  private Process start(Command command) throws IOException {
    List<String> line = new ArrayList<>(isolation.isolating(command.keeper()));
    line.addAll(List.of(program.toString(), "sh", script.toString()));
    line.addAll(List.of(Long.toString(ProcessHandle.current().pid()), isolation.terminals()));
    line.addAll(List.of(command.root().inside().toString(), access(command.changesRoot())));
    for (Bind bind : command.binds()) {
      line.addAll(
          List.of("--bind", bind.source().toString(), bind.target(), access(bind.writable())));
    }
    line.add("--");
    line.addAll(isolation.entering());
    line.addAll(command.arguments());
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    return builder.start();
  }

  /** As enter.sh names it. */
  private static String access(boolean writable) {
    return writable ? "rw" : "ro";
  }
}
