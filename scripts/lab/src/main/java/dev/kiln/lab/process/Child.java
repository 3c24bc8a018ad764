package dev.kiln.lab.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that runs beside this one until it is stopped. */
public final class Child {
  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /** Standard output and error come as one stream from {@link #output()}, which must be read. */
  public static Child start(Command command) {
    return new Child(command.start(new ProcessBuilder(command.words()).redirectErrorStream(true)));
  }

  /** Standard output comes from {@link #output()}; standard error is thrown away. */
  public static Child startWithoutErrors(Command command) {
    return new Child(
        command.start(new ProcessBuilder(command.words()).redirectError(Redirect.DISCARD)));
  }

  /** As {@link #start}, but what it prints on standard error is appended to a file. */
  public static Child startWithErrorsIn(Command command, Path errors) {
    return new Child(
        command.start(
            new ProcessBuilder(command.words()).redirectError(Redirect.appendTo(errors.toFile()))));
  }

  /** Runs on this process's own terminal and returns the exit code. */
  public static int runOnTerminal(Command command) {
    Process process = command.start(new ProcessBuilder(command.words()).inheritIO());
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      throw Interruption.of(e, "'" + command + "' ran");
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public InputStream output() {
    return process.getInputStream();
  }

  public OutputStream input() {
    return process.getOutputStream();
  }

  /** Completes with the exit code. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Asks it to end (SIGTERM), and ends it (SIGKILL) when it has not after the time of grace. */
  public void stop(Duration grace) {
    process.destroy();
    try {
      if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
