package dev.kiln.lab.cli;

import dev.kiln.failure.KilnException;
import dev.kiln.lab.lifecycle.LabPlan;
import dev.kiln.lab.machine.Firmware;
import dev.kiln.lab.machine.MachineSpec;
import dev.kiln.lab.server.BootGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** The options that say what a lab is made of. */
final class PlanOptions {
  private static final String GROUP = "lab";
  private static final int MOST_MACHINES = 20;

  @Option(
      names = "--image",
      required = true,
      paramLabel = "DIR",
      description = "The image to boot: a directory that 'builder bake' wrote.")
  private Path image = Path.of("");

  @Option(
      names = "--machines",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many machines, named node1, node2, … Default: ${DEFAULT-VALUE}.")
  private int machines = 1;

  @Option(
      names = "--firmware",
      paramLabel = "bios|uefi-http|uefi-pxe",
      defaultValue = "bios",
      description = "BIOS with iPXE, or UEFI HTTP Boot. Default: ${DEFAULT-VALUE}.")
  private String firmware = "bios";

  @Option(
      names = "--memory",
      paramLabel = "MiB",
      defaultValue = "2048",
      description = "Memory of each machine. Default: ${DEFAULT-VALUE}.")
  private int memory = 2048;

  @Option(
      names = "--bootserver",
      paramLabel = "FILE",
      defaultValue = "${env:KILN_BOOTSERVER:-bootserver}",
      description = "The launcher of the boot server. Default: KILN_BOOTSERVER.")
  private Path bootServer = Path.of("bootserver");

  LabPlan plan() {
    Firmware kind =
        Firmware.parse(firmware)
            .orElseThrow(
                () ->
                    KilnException.input(
                        "there is no firmware '" + firmware + "'", "Use " + Firmware.words()));
    if (machines < 0 || machines > MOST_MACHINES) {
      throw KilnException.input(
          "a lab has up to " + MOST_MACHINES + " machines, not " + machines, "Name fewer");
    }
    if (memory < 512 || memory > 65_536) {
      throw KilnException.input(
          "a machine has 512 to 65536 MiB of memory here, not " + memory, "Change --memory");
    }
    List<MachineSpec> all =
        IntStream.rangeClosed(1, machines)
            .mapToObj(number -> new MachineSpec("node" + number, number, kind, memory, GROUP))
            .toList();
    return new LabPlan(bootServer, List.of(new BootGroup(GROUP, image)), all);
  }

  /** The same options again, for another process. */
  List<String> arguments() {
    return List.of(
        "--image=" + image,
        "--machines=" + machines,
        "--firmware=" + firmware,
        "--memory=" + memory,
        "--bootserver=" + bootServer);
  }
}
