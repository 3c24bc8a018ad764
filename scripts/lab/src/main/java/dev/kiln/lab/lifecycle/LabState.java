package dev.kiln.lab.lifecycle;

import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.lab.machine.MachineSpec;
import dev.kiln.lab.machine.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a lab's keeper tells other programs, in the file {@code lab.json}.
 *
 * @param namespace of the network
 * @param bootServer the boot server's process
 * @param machines in the order of their numbers
 */
public record LabState(String namespace, long bootServer, List<Machine> machines) {
  public LabState {
    machines = List.copyOf(machines);
  }

  /**
   * One machine.
   *
   * @param process of its QEMU
   */
  public record Machine(
      String name, String firmware, int memory, String mac, String address, long process) {
    private static Machine of(VirtualMachine machine) {
      MachineSpec spec = machine.spec();
      return new Machine(
          spec.name(),
          spec.firmware().word(),
          spec.memory(),
          spec.mac(),
          spec.registered() ? spec.address() : "from the pool",
          machine.pid());
    }
  }

  static LabState of(RunningLab lab) {
    return new LabState(
        lab.directory().namespace().name(),
        lab.bootServer().pid(),
        lab.machines().stream().map(Machine::of).toList());
  }

  void write(Path file) {
    try {
      AtomicFile.write(file, Json.write(this));
    } catch (IOException e) {
      throw KilnException.io("write " + file, e);
    }
  }

  /** Empty where no lab was ever up in the directory. */
  public static Optional<LabState> read(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(Json.read(file.toString(), Files.readAllBytes(file), LabState.class))
          : Optional.empty();
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    }
  }

  /** Finds a machine by its name. */
  public Machine machine(String name) {
    return machines.stream()
        .filter(machine -> machine.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                KilnException.input(
                    "this lab has no machine '" + name + "'",
                    "It has " + machines.stream().map(Machine::name).toList()));
  }
}
