package dev.kiln.lab.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.lab.network.LabNetwork;
import dev.kiln.lab.network.Namespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VirtualMachineIT {
  /** iPXE gives up on a silent network after half a minute on a quiet host. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** The same each time, so that what a killed test left behind is removed. */
  private final Path directory = Path.of("target", "virtual-machine-it");

  @Test
  void aBiosMachineAsksForItsAddressAndGivesUpWhereNobodyAnswers() {
    MachineSpec spec = new MachineSpec("alone", 1, Firmware.BIOS, 128, "");

    try (LabNetwork network = LabNetwork.create(Namespace.of(directory), List.of(spec.tap()));
        VirtualMachine machine =
            VirtualMachine.powerOn(spec, network.namespace(), directory.resolve("alone"))) {
      machine.console().awaitLine(Pattern.compile("Open Source Network Boot Firmware"), LIMIT);
      assertThatThrownBy(() -> machine.console().awaitLine(Pattern.compile("Linux version"), LIMIT))
          .hasMessageContaining("alone failed before it printed 'Linux version'");
    }
  }

  @Test
  void losesItsPowerAtOnce() {
    MachineSpec spec = new MachineSpec("alone", 1, Firmware.BIOS, 128, "");

    try (LabNetwork network = LabNetwork.create(Namespace.of(directory), List.of(spec.tap()))) {
      VirtualMachine machine =
          VirtualMachine.powerOn(spec, network.namespace(), directory.resolve("alone"));
      machine.console().awaitLine(Pattern.compile("iPXE"), LIMIT);

      machine.close();

      assertThat(machine.isRunning()).isFalse();
    }
  }
}
