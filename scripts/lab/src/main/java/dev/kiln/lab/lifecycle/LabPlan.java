package dev.kiln.lab.lifecycle;

import dev.kiln.failure.KilnException;
import dev.kiln.lab.machine.MachineSpec;
import dev.kiln.lab.server.BootGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a lab is made of.
 *
 * @param bootServer the launcher of the boot server
 * @param groups what can be booted
 * @param machines each with a number of its own
 */
public record LabPlan(Path bootServer, List<BootGroup> groups, List<MachineSpec> machines) {
  public LabPlan {
    bootServer = bootServer.toAbsolutePath().normalize();
    groups = List.copyOf(groups);
    machines = List.copyOf(machines);
    if (!Files.isExecutable(bootServer)) {
      throw KilnException.dependency(
          "there is no boot server to start at " + bootServer,
          "Build it with 'mvn -q -DskipTests package', or name its launcher with --bootserver");
    }
    if (machines.stream().map(MachineSpec::number).distinct().count() < machines.size()
        || machines.stream().map(MachineSpec::name).distinct().count() < machines.size()) {
      throw new IllegalArgumentException("two machines have the same number or name");
    }
  }

  MachineSpec machine(String name) {
    return machines.stream()
        .filter(machine -> machine.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no machine '" + name + "' is planned"));
  }
}
