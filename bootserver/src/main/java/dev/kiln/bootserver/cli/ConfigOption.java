package dev.kiln.bootserver.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the configuration file. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "/etc/kiln/bootserver.yaml",
      description = "The configuration file (default: ${DEFAULT-VALUE}).")
  Path file = Path.of("/etc/kiln/bootserver.yaml");
}
