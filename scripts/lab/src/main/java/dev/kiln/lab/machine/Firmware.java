package dev.kiln.lab.machine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a machine comes to its first loader. */
public enum Firmware {
  /** SeaBIOS, with iPXE in the network card's ROM. */
  BIOS,
  /** OVMF with its own network stack: UEFI HTTP Boot (UEFI 2.10, section 24.7). */
  UEFI_HTTP,
  /** OVMF with its own network stack: PXE, whose loader comes by TFTP (UEFI 2.10, section 24.3). */
  UEFI_PXE;

  /** As users write it: {@code bios}, {@code uefi-http}, {@code uefi-pxe}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Empty where no firmware has the name. */
  public static Optional<Firmware> parse(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  /** All names, for messages. */
  public static String words() {
    return Arrays.stream(values()).map(Firmware::word).collect(Collectors.joining(", "));
  }
}
