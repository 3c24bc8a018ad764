package dev.kiln.lab.server;

import dev.kiln.lab.console.Console;
import dev.kiln.lab.console.FatalLines;
import dev.kiln.lab.network.Namespace;
import dev.kiln.lab.process.Child;
import dev.kiln.lab.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** The boot server, running in a lab's network as a user would run it. */
public final class BootServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("^bootserver: ready");
  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final Child process;
  private final Console console;

  private BootServerProcess(Child process, Console console) {
    this.process = process;
    this.console = console;
  }

  /**
   * Starts it, and returns when it serves.
   *
   * @param program the launcher
   * @param log where its words go
   */
  public static BootServerProcess start(
      Path program, BootServerFiles files, Namespace namespace, Path log) {
    Command command =
        Command.of(program.toString(), "serve", "--config", files.configuration().toString());
    Child process = Child.start(namespace.inside(command));
    Console console = Console.follow("the boot server", process.output(), log, FatalLines.NONE);
    BootServerProcess server = new BootServerProcess(process, console);
    try {
      console.awaitLine(READY, START_LIMIT);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  public Console console() {
    return console;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.stop(GRACE);
  }
}
