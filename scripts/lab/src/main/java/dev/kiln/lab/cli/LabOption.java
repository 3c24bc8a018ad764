package dev.kiln.lab.cli;

import dev.kiln.failure.KilnException;
import dev.kiln.lab.lifecycle.LabDirectory;
import dev.kiln.lab.lifecycle.LabState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says which lab is meant. */
final class LabOption {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Which lab; several can be up at once. Default: ${DEFAULT-VALUE}.")
  private String name = "default";

  LabDirectory directory() {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,30}")) {
      throw KilnException.input(
          "'" + name + "' is not a name for a lab",
          "Use lower-case letters, digits and hyphens, at most 31");
    }
    return new LabDirectory(home().resolve(name));
  }

  /** The state of a lab that must be up. */
  LabState state() {
    LabDirectory directory = directory();
    return LabState.read(directory.state())
        .filter(state -> directory.namespace().exists())
        .orElseThrow(
            () -> KilnException.input("the lab '" + name + "' is not up", "Run 'lab up' first"));
  }

  String name() {
    return name;
  }

  List<String> arguments() {
    return List.of("--name", name);
  }

  private static Path home() {
    return variable("KILN_LAB_HOME")
        .orElseGet(
            () ->
                variable("XDG_STATE_HOME")
                    // The specification has others ignored.
                    .filter(Path::isAbsolute)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state"))
                    .resolve("kiln/labs"));
  }

  /** A variable that is there and empty says nothing. */
  private static Optional<Path> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank()).map(Path::of);
  }
}
