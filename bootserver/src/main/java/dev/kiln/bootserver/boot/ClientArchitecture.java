package dev.kiln.bootserver.boot;

import java.util.Optional;

/**
 * What a machine's firmware can run, as it says in option 93 (RFC 4578 §2.1, RFC 5970 §3.3; codes
 * from IANA's "Processor Architecture Types").
 */
public enum ClientArchitecture {
  /** Any x86: every one of this century boots amd64. */
  BIOS("amd64", false),
  UEFI_IA32("i386", false),
  UEFI_X64("amd64", false),
  UEFI_ARM32("arm", false),
  UEFI_ARM64("arm64", false),
  UEFI_RISCV64("riscv64", false),
  BIOS_HTTP("amd64", true),
  UEFI_IA32_HTTP("i386", true),
  UEFI_X64_HTTP("amd64", true),
  UEFI_ARM32_HTTP("arm", true),
  UEFI_ARM64_HTTP("arm64", true),
  UEFI_RISCV64_HTTP("riscv64", true);

  private final String machine;
  private final boolean http;

  ClientArchitecture(String machine, boolean http) {
    this.machine = machine;
    this.http = http;
  }

  /** The architecture of a code, where Kiln knows it. */
  public static Optional<ClientArchitecture> ofCode(int code) {
    return switch (code) {
      case 0 -> Optional.of(BIOS);
      case 6 -> Optional.of(UEFI_IA32);
      // RFC 4578 calls 7 "EFI BC" and 9 "EFI x86-64"; its erratum and most firmware say 7 for
      // x86-64. Both run the same program.
      case 7, 9 -> Optional.of(UEFI_X64);
      case 10 -> Optional.of(UEFI_ARM32);
      case 11 -> Optional.of(UEFI_ARM64);
      case 15 -> Optional.of(UEFI_IA32_HTTP);
      case 16 -> Optional.of(UEFI_X64_HTTP);
      case 18 -> Optional.of(UEFI_ARM32_HTTP);
      case 19 -> Optional.of(UEFI_ARM64_HTTP);
      case 20 -> Optional.of(BIOS_HTTP);
      case 27 -> Optional.of(UEFI_RISCV64);
      case 28 -> Optional.of(UEFI_RISCV64_HTTP);
      default -> Optional.empty();
    };
  }

  /**
   * The architecture that iPXE was built for, as its settings say it ({@code ${platform}} and
   * {@code ${buildarch}}, ipxe.org/cfg); empty where Kiln does not know it.
   */
  public static Optional<ClientArchitecture> ofIpxe(String platform, String build) {
    return switch (platform + " " + build) {
      case "pcbios i386", "pcbios x86_64" -> Optional.of(BIOS);
      case "efi i386" -> Optional.of(UEFI_IA32);
      case "efi x86_64" -> Optional.of(UEFI_X64);
      case "efi arm32" -> Optional.of(UEFI_ARM32);
      case "efi arm64" -> Optional.of(UEFI_ARM64);
      case "efi riscv64" -> Optional.of(UEFI_RISCV64);
      default -> Optional.empty();
    };
  }

  /** The architecture of the images that it boots, by the name that manifests use. */
  public String machine() {
    return machine;
  }

  /** Whether the firmware fetches by HTTP (UEFI HTTP Boot) rather than by TFTP. */
  public boolean http() {
    return http;
  }
}
