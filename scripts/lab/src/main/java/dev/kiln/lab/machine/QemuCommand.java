package dev.kiln.lab.machine;

import dev.kiln.lab.process.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of qemu-system-x86_64(1) for one machine. */
final class QemuCommand {
  private static final Path UEFI_CODE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");

  /** Where every UEFI machine's own variables start from. */
  static final Path UEFI_VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");

  private QemuCommand() {}

  /**
   * @param variables the machine's own file of UEFI variables; unused for BIOS
   */
  static Command of(MachineSpec machine, Path variables) {
    List<String> words = new ArrayList<>(List.of("qemu-system-x86_64"));
    words.addAll(computer(machine));
    words.addAll(entropy());
    words.addAll(
        switch (machine.firmware()) {
          case BIOS -> networkCard(machine, "");
          // Told to leave PXE out, OVMF boots by HTTP.
          case UEFI_HTTP -> uefi(machine, variables, "IPv4PXESupport", "IPv6PXESupport");
          case UEFI_PXE -> uefi(machine, variables, "IPv6PXESupport");
        });
    return new Command(words);
  }

  private static List<String> computer(MachineSpec machine) {
    return List.of(
        "-name",
        machine.name(),
        // Without graphics SeaBIOS prints on the serial console too.
        "-machine",
        "q35,graphics=off",
        // Software emulation everywhere: it is what every machine that runs tests can do.
        "-accel",
        "tcg,thread=multi",
        "-cpu",
        "max",
        "-smp",
        "2",
        "-m",
        machine.memory() + "M",
        "-uuid",
        machine.uuid(),
        "-rtc",
        "base=utc",
        "-display",
        "none",
        "-nodefaults",
        "-no-user-config",
        "-serial",
        "stdio",
        "-monitor",
        "none");
  }

  private static List<String> entropy() {
    return List.of(
        "-object", "rng-random,id=entropy,filename=/dev/urandom",
        "-device", "virtio-rng-pci,rng=entropy");
  }

  /** Without iPXE's ROM in the card, OVMF uses its own network stack. */
  private static List<String> uefi(MachineSpec machine, Path variables, String... switchedOff) {
    List<String> words = new ArrayList<>(networkCard(machine, ",romfile="));
    words.addAll(
        List.of(
            "-drive", "if=pflash,format=raw,unit=0,readonly=on,file=" + UEFI_CODE,
            "-drive", "if=pflash,format=raw,unit=1,file=" + variables,
            "-fw_cfg", "name=opt/org.tianocore/IPv6Support,string=n"));
    for (String feature : switchedOff) {
      words.addAll(List.of("-fw_cfg", "name=opt/org.tianocore/" + feature + ",string=n"));
    }
    return words;
  }

  private static List<String> networkCard(MachineSpec machine, String more) {
    return List.of(
        "-netdev",
        "tap,id=net,ifname=" + machine.tap() + ",script=no,downscript=no",
        "-device",
        "virtio-net-pci,netdev=net,mac=" + machine.mac() + ",bootindex=1" + more);
  }
}
