package dev.kiln.lab.cli;

import dev.kiln.lab.lifecycle.LabDirectory;
import dev.kiln.lab.lifecycle.LabState;
import dev.kiln.lab.network.Namespace;
import dev.kiln.lab.server.BootServerFiles;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lab status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Says what of a lab runs, and where its logs are.")
final class Status implements Callable<Integer> {
  @Mixin private LabOption lab = new LabOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--configuration",
      description = "Print the path of the boot server's configuration, and nothing else.")
  private boolean configurationOnly;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    LabDirectory directory = lab.directory();
    Namespace namespace = directory.namespace();
    Optional<LabState> state =
        namespace.exists() ? LabState.read(directory.state()) : Optional.empty();
    if (configurationOnly) {
      out.println(new BootServerFiles(directory.bootServer()).configuration());
    } else if (state.isEmpty()) {
      out.println("lab '" + lab.name() + "' is not up");
    } else {
      show(state.get(), directory, namespace.pids(), out);
    }
    out.flush();
    return 0;
  }

  private void show(LabState state, LabDirectory directory, Set<Long> running, PrintWriter out) {
    out.println("lab          " + lab.name() + ", network " + state.namespace());
    out.println("files        " + directory.path());
    if (!directory.isUp()) {
      out.println("keeper       was killed: end what is left with 'lab down'");
    }
    out.println(
        "boot server  "
            + word(running.contains(state.bootServer()))
            + ", log "
            + directory.log("bootserver"));
    for (LabState.Machine machine : state.machines()) {
      out.println(
          String.format(
              Locale.ROOT,
              "%-12s %s, %s, %d MiB, %s, %s",
              machine.name(),
              word(running.contains(machine.process())),
              machine.firmware(),
              machine.memory(),
              machine.mac(),
              machine.address()));
    }
  }

  private static String word(boolean runs) {
    return runs ? "runs" : "has ended";
  }
}
