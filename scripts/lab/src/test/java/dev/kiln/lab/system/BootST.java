package dev.kiln.lab.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.lab.console.Console;
import dev.kiln.lab.console.Line;
import dev.kiln.lab.process.Output;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LabExtension.class)
class BootST {
  private final SystemLab lab;

  BootST(SystemLab lab) {
    this.lab = lab;
  }

  @Test
  void aMachineBootsByBiosAndIpxe() {
    Console console = lab.machine(SystemLab.BIOS).console();

    lab.awaitUp(SystemLab.BIOS);

    assertThat(console.find(Pattern.compile("SeaBIOS"))).isPresent();
    assertThat(console.find(Pattern.compile("UEFI"))).isEmpty();
    show(SystemLab.BIOS, console);
  }

  @Test
  void aMachineBootsByUefiHttpBoot() {
    Console console = lab.machine(SystemLab.UEFI).console();

    lab.awaitUp(SystemLab.UEFI);

    assertThat(console.find(Pattern.compile(">>Start HTTP Boot over IPv4"))).isPresent();
    assertThat(console.find(Pattern.compile("Start PXE"))).isEmpty();
    show(SystemLab.UEFI, console);
  }

  @ParameterizedTest
  @ValueSource(strings = {SystemLab.BIOS, SystemLab.UEFI})
  void theTimelineSaysThatAMachineIsUp(String machine) {
    lab.awaitUp(machine);

    Output timeline =
        Launcher.BOOT_SERVER.run(
            Duration.ofMinutes(2),
            "timeline",
            machine,
            "--config",
            lab.bootServerConfiguration().toString(),
            "--follow",
            "--until",
            "up",
            "--timeout",
            "60");

    assertThat(timeline.exitCode()).as(timeline.text()).isZero();
    assertThat(timeline.text())
        .contains("dhcp-ack", "ipxe-started", "boot-script", "image-file", "nocloud", "  up  ");
  }

  /** The figures of each run: seconds from power-on. */
  private static void show(String machine, Console console) {
    for (String step :
        List.of(
            "Linux version",
            "initrd started",
            "starting the system",
            "Cloud-init v\\. .* finished")) {
      Line line = console.find(Pattern.compile(step)).orElseThrow();
      System.out.println(machine + ": " + line);
    }
  }
}
