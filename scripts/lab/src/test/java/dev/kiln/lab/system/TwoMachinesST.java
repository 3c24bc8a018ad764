package dev.kiln.lab.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What differs between two machines of one image, and what must not. */
@ExtendWith(LabExtension.class)
class TwoMachinesST {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final SystemLab lab;

  TwoMachinesST(SystemLab lab) {
    this.lab = lab;
  }

  @Test
  void eachHasAMachineIdOfItsOwn() {
    assertThat(on(SystemLab.BIOS, "cat /etc/machine-id"))
        .matches("[0-9a-f]{32}")
        .isNotEqualTo(on(SystemLab.UEFI, "cat /etc/machine-id"));
  }

  @Test
  void eachHasSshHostKeysOfItsOwn() {
    String command = "cat /etc/ssh/ssh_host_*_key.pub | cut -d' ' -f2";

    assertThat(on(SystemLab.BIOS, command).lines())
        .isNotEmpty()
        .doesNotContainAnyElementsOf(on(SystemLab.UEFI, command).lines().toList());
  }

  @Test
  void eachHasTheHostNameOfItsFile() {
    assertThat(on(SystemLab.BIOS, "hostname")).isEqualTo(SystemLab.BIOS);
    assertThat(on(SystemLab.UEFI, "hostname")).isEqualTo(SystemLab.UEFI);
  }

  @Test
  void bothRunTheSameLayers() {
    String command = "grep ^layer /run/kiln/boot.manifest";

    assertThat(on(SystemLab.BIOS, command)).isNotEmpty().isEqualTo(on(SystemLab.UEFI, command));
  }

  private String on(String machine, String command) {
    return lab.shell(machine).succeed(command, LIMIT);
  }
}
