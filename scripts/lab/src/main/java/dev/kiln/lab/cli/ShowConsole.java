package dev.kiln.lab.cli;

import dev.kiln.lab.console.FollowedFile;
import dev.kiln.lab.lifecycle.LabDirectory;
import dev.kiln.lab.lifecycle.LabState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab console}. */
@Command(
    name = "console",
    mixinStandardHelpOptions = true,
    description = "Prints a machine's serial console, each line with its seconds since power-on.")
final class ShowConsole implements Callable<Integer> {
  @Mixin private LabOption lab = new LabOption();

  @Parameters(index = "0", paramLabel = "MACHINE", description = "Such as node1.")
  private String machine = "";

  @Option(
      names = "--no-follow",
      description = "End at the last line, instead of when the machine ends.")
  private boolean once;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    LabDirectory directory = lab.directory();
    LabState.Machine target = lab.state().machine(machine);
    new FollowedFile(directory.console(target.name()))
        .print(
            spec.commandLine().getOut(),
            () -> !once && directory.namespace().pids().contains(target.process()));
    return 0;
  }
}
