package dev.kiln.lab.system;

import dev.kiln.lab.console.Console;
import dev.kiln.lab.console.FatalLines;
import dev.kiln.lab.process.Child;
import dev.kiln.lab.process.Command;
import dev.kiln.lab.process.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The programs as this build made them, started as a user starts them. */
enum Launcher {
  BUILDER("KILN_BUILDER"),
  BOOT_SERVER("KILN_BOOTSERVER");

  /** Everything in it comes from the Debian archive: the oldest Kubernetes of the catalog. */
  static final String PROFILE = "debian12-source";

  /** The newest, of Go modules. */
  static final String NEWEST = "debian12-modules";

  /** On an empty cache it fetches some hundred packages and builds Kubernetes. */
  private static final Duration BAKE_LIMIT = Duration.ofMinutes(60);

  private final String variable;

  Launcher(String variable) {
    this.variable = variable;
  }

  /** The launcher, which the build names to the tests. */
  Path path() {
    return Path.of(
        Optional.ofNullable(System.getenv(variable))
            .orElseThrow(() -> new IllegalStateException("the build sets " + variable)));
  }

  Output run(Duration limit, String... arguments) {
    return command(List.of(arguments)).run(limit);
  }

  /** Bakes an image of a profile into a directory, and shows how it goes. */
  Path bakeTo(String profile, Path output) {
    Path lock = output.resolveSibling(profile + ".lock.json");
    // An image is never changed: the one that an earlier run baked goes first, with its choices.
    Command.of("rm", "-rf", output.toString(), lock.toString()).succeed(Duration.ofMinutes(1));
    Child bake =
        Child.start(
            command(
                List.of(
                    "bake",
                    "--profile",
                    profile,
                    "--lock",
                    lock.toString(),
                    "--output",
                    output.toString())));
    Console words =
        Console.follow(
            "the bake", bake.output(), parent(output).resolve(profile + ".log"), FatalLines.NONE);
    words.listen(line -> System.out.println("bake: " + line));
    int exit = bake.onExit().orTimeout(BAKE_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    if (exit != 0) {
      throw new AssertionError("the bake failed with exit code " + exit + "; its words are above");
    }
    return output;
  }

  private Command command(List<String> arguments) {
    return new Command(arguments).startedBy(Command.of(path().toString()));
  }

  private static Path parent(Path output) {
    try {
      return Files.createDirectories(output.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
