package dev.kiln.builder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The program as this build made it, started as a user starts it. */
final class BuilderProgram {
  private static final long LIMIT_MINUTES = 10;

  private final Path directory;
  private final String program;
  private final Map<String, String> environment = new TreeMap<>();

  /**
   * One that works in a directory, which is also the user's home, so that nothing this machine's
   * user configured has a say.
   */
  BuilderProgram(Path directory) {
    this(
        directory,
        Optional.ofNullable(System.getenv("KILN_BUILDER"))
            .orElseThrow(() -> new IllegalStateException("the build sets KILN_BUILDER")));
  }

  /** One that lies elsewhere. */
  BuilderProgram(Path directory, String program) {
    this.directory = directory;
    this.program = program;
    environment.put("HOME", directory.toString());
    // What the JVM takes for the user's home does not follow HOME.
    environment.put("XDG_CONFIG_HOME", directory.resolve("config").toString());
    environment.put("XDG_CACHE_HOME", directory.resolve("cache-home").toString());
    for (String kept : List.of("PATH", "JAVA_HOME")) {
      Optional.ofNullable(System.getenv(kept)).ifPresent(value -> environment.put(kept, value));
    }
  }

  /**
   * How it ended.
   *
   * @param out all of standard output
   * @param err all of standard error
   */
  record Ended(int exitCode, String out, String err) {
    private static final Pattern TIME = Pattern.compile("(?m)^\\d{4}-\\S+Z (?=[a-z]+=)");

    /** Standard error without the lines of steps. */
    String words() {
      return err.lines()
          .filter(line -> !TIME.matcher(line).lookingAt())
          .collect(Collectors.joining("\n"));
    }

    /** Standard error without the times of lines. */
    String untimed() {
      return TIME.matcher(err).replaceAll("");
    }
  }

  BuilderProgram with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Ended run(String... arguments) {
    return end(start(List.of(arguments)));
  }

  Started start(List<String> arguments) {
    try {
      Path out = Files.createTempFile(directory, "builder", ".out");
      Path err = Files.createTempFile(directory, "builder", ".err");
      ProcessBuilder process =
          process(arguments).redirectOutput(out.toFile()).redirectError(err.toFile());
      return new Started(process.start(), out, err);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts it so that its standard error can be followed. */
  Process startWatched(List<String> arguments) throws IOException {
    return process(arguments).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  private ProcessBuilder process(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  static Ended end(Started started) {
    try {
      if (!started.process().waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        started.process().destroyForcibly();
        throw new AssertionError("no end:\n" + Files.readString(started.err()));
      }
      String out = Files.readString(started.out());
      String err = Files.readString(started.err());
      Files.delete(started.out());
      Files.delete(started.err());
      return new Ended(started.process().exitValue(), out, err);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** One that runs, with the files of what it prints. */
  record Started(Process process, Path out, Path err) {}
}
