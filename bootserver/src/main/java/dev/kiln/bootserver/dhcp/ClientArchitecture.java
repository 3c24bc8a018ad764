package dev.kiln.bootserver.dhcp;

import java.util.Optional;

/**
 * What a machine's firmware can run, as it says in option 93 (RFC 4578 §2.1, RFC 5970 §3.3; codes
 * from IANA's "Processor Architecture Types").
 */
public enum ClientArchitecture {
  BIOS(false),
  UEFI_IA32(false),
  UEFI_X64(false),
  UEFI_ARM32(false),
  UEFI_ARM64(false),
  UEFI_RISCV64(false),
  BIOS_HTTP(true),
  UEFI_IA32_HTTP(true),
  UEFI_X64_HTTP(true),
  UEFI_ARM32_HTTP(true),
  UEFI_ARM64_HTTP(true),
  UEFI_RISCV64_HTTP(true);

  private final boolean http;

  ClientArchitecture(boolean http) {
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

  /** Whether the firmware fetches by HTTP (UEFI HTTP Boot) rather than by TFTP. */
  public boolean http() {
    return http;
  }
}
