package dev.kiln.lab.cli;

import dev.kiln.lab.lifecycle.LabDirectory;
import dev.kiln.lab.lifecycle.LabState;
import dev.kiln.lab.process.Child;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab ssh}: OpenSSH's client, with the lab's key and the host keys of the consoles. */
@Command(
    name = "ssh",
    mixinStandardHelpOptions = true,
    description = "Logs in to a machine, or runs a command there.")
final class Ssh implements Callable<Integer> {
  @Mixin private LabOption lab = new LabOption();

  @Parameters(index = "0", paramLabel = "MACHINE", description = "Such as node1.")
  private String machine = "";

  @Parameters(index = "1..*", paramLabel = "COMMAND", description = "What to run there.")
  private List<String> command = List.of();

  /** What follows the machine's name belongs to the command there, options too. */
  @Spec
  void stopAtMachine(CommandSpec spec) {
    spec.parser().stopAtPositional(true);
  }

  @Override
  public Integer call() {
    LabDirectory directory = lab.directory();
    LabState.Machine target = lab.state().machine(machine);
    List<String> words = new ArrayList<>(List.of("ssh", "-F", "none"));
    words.addAll(List.of("-i", directory.key().toString()));
    words.addAll(List.of("-o", "UserKnownHostsFile=" + directory.knownHosts()));
    words.addAll(List.of("-o", "StrictHostKeyChecking=yes", "-o", "IdentitiesOnly=yes"));
    words.add("root@" + target.address());
    words.addAll(command);
    return Child.runOnTerminal(
        directory.namespace().inside(new dev.kiln.lab.process.Command(words)));
  }
}
