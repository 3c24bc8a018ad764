package dev.kiln.lab.process;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program and its arguments, started without a shell.
 *
 * @param words the program, by name or path, then each argument as it stands
 */
public record Command(List<String> words) {
  public Command {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a command names at least its program");
    }
  }

  public static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** The same command, run by another one, such as {@code ip netns exec NAME}. */
  public Command startedBy(Command other) {
    List<String> all = new ArrayList<>(other.words);
    all.addAll(words);
    return new Command(all);
  }

  /** In a session of its own (setsid(2)): it hears nothing of this terminal's Ctrl-C or hang-up. */
  public Command inOwnSession() {
    return startedBy(Command.of("setsid"));
  }

  /** Runs to the end; what was printed on standard output and error comes back as one text. */
  public Output run(Duration limit) {
    return run(limit, "");
  }

  /**
   * Runs to the end.
   *
   * @param input what the program reads on standard input
   */
  public Output run(Duration limit, String input) {
    Process process = start(new ProcessBuilder(words).redirectErrorStream(true));
    CompletableFuture<String> text = CompletableFuture.supplyAsync(() -> readAll(process));
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading all: its exit code and its words say why.
    }
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw KilnException.dependency(
            "'" + this + "' did not end within " + limit.toSeconds() + " s",
            "Run it by hand to see what it waits for");
      }
      return new Output(process.exitValue(), text.join());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw Interruption.of(e, "'" + this + "' ran");
    }
  }

  /** Runs to the end and returns what was printed; any exit code but 0 is a failure. */
  public String succeed(Duration limit) {
    return run(limit).orFail(this);
  }

  Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new KilnException(
          KilnException.Kind.DEPENDENCY,
          "cannot start " + words.get(0) + ": " + KilnException.reason(e),
          "Install what the lab needs with scripts/setup run",
          e);
    }
  }

  private static String readAll(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
