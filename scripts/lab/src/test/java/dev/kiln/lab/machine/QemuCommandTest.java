package dev.kiln.lab.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class QemuCommandTest {
  private static final Path VARIABLES = Path.of("/lab/uefi-variables");

  @Test
  void aBiosMachineHasTheCardsOwnIpxe() {
    List<String> words = words(Firmware.BIOS);

    assertThat(words)
        .contains("virtio-net-pci,netdev=net,mac=52:54:00:77:00:0a,bootindex=1")
        .noneMatch(word -> word.contains("OVMF"));
  }

  @Test
  void aUefiMachineHasVariablesOfItsOwnAndTriesHttpOverIpv4Only() {
    List<String> words = words(Firmware.UEFI_HTTP);

    assertThat(words)
        .contains(
            "if=pflash,format=raw,unit=1,file=/lab/uefi-variables",
            "virtio-net-pci,netdev=net,mac=52:54:00:77:00:0a,bootindex=1,romfile=",
            "name=opt/org.tianocore/IPv4PXESupport,string=n",
            "name=opt/org.tianocore/IPv6Support,string=n");
  }

  @Test
  void aMachineOfUefiPxeTriesPxeToo() {
    assertThat(words(Firmware.UEFI_PXE))
        .contains("name=opt/org.tianocore/IPv6PXESupport,string=n")
        .doesNotContain("name=opt/org.tianocore/IPv4PXESupport,string=n");
  }

  @Test
  void everyMachineIsEmulatedAndHasEntropyFromItsHost() {
    for (Firmware firmware : Firmware.values()) {
      assertThat(words(firmware))
          .containsSequence("-accel", "tcg,thread=multi")
          .contains("virtio-rng-pci,rng=entropy");
    }
  }

  private static List<String> words(Firmware firmware) {
    return QemuCommand.of(new MachineSpec("node10", 10, firmware, 1024, "lab"), VARIABLES).words();
  }
}
