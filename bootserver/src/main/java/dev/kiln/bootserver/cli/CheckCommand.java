package dev.kiln.bootserver.cli;

import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.command.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bootserver check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Checks the configuration and all it refers to, and opens nothing.")
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ConfigReader.Checked checked = ConfigReader.read(config.file);
    spec.commandLine()
        .getOut()
        .printf(
            "%s: good, with %d machines and %d groups%n",
            config.file,
            checked.inventory().inventory().machines().size(),
            checked.inventory().inventory().groups().size());
    return ExitCode.OK.code();
  }
}
