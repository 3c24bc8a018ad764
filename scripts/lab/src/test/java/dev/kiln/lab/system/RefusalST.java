package dev.kiln.lab.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.lab.console.Console;
import dev.kiln.lab.console.Line;
import dev.kiln.lab.machine.VirtualMachine;
import dev.kiln.lab.process.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Machines that must not come up. */
@ExtendWith(LabExtension.class)
class RefusalST {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final SystemLab lab;

  RefusalST(SystemLab lab) {
    this.lab = lab;
  }

  @Test
  void aLayerWithOneChangedByteIsRefusedAndTheConsoleSaysSo() {
    try (VirtualMachine machine = lab.powerOn(SystemLab.TAMPERED)) {
      Console console = machine.console();
      String layer = lab.image().manifest().layers().get(0).name();

      Line refusal =
          console.awaitLine(
              Pattern.compile(
                  "kiln: \\[.*] FAILED: layer "
                      + layer
                      + ": it does not match root hash [0-9a-f]{64}"),
              SystemLab.BOOT_LIMIT);
      console.awaitLineAfter(
          refusal, Pattern.compile("To mend it: .*publish the image again"), LIMIT);

      assertThat(console.find(Pattern.compile("starting the system"))).isEmpty();
    }
  }

  @Test
  void aMachineThatNobodyRegisteredLoadsIpxeByTftpIsDiscoveredAndWaits() {
    try (VirtualMachine machine = lab.powerOn(SystemLab.STRANGER)) {
      machine.console().awaitLine(Pattern.compile("Asking again in \\d+ seconds"), LIMIT);

      assertThat(ask("machines"))
          .anyMatch(line -> line.contains(machine.spec().mac()) && line.contains("discovered"));
      assertThat(ask("timeline", machine.spec().mac()))
          .anyMatch(line -> line.contains("tftp-done") && line.contains("ipxe.efi"))
          .anyMatch(line -> line.contains("ipxe-started"));
      assertThat(machine.console().find(Pattern.compile("Linux version"))).isEmpty();
    }
  }

  private List<String> ask(String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--config", lab.bootServerConfiguration().toString()));
    Output answer = Launcher.BOOT_SERVER.run(LIMIT, arguments.toArray(String[]::new));
    assertThat(answer.exitCode()).as(answer.text()).isZero();
    return answer.text().lines().toList();
  }
}
