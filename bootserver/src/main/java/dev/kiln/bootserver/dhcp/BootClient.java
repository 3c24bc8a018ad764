package dev.kiln.bootserver.dhcp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which program asks for an address, and what it can run: all that a boot offer depends on.
 *
 * @param program who asks
 * @param architectures the codes of option 93, best first
 */
public record BootClient(Program program, List<Integer> architectures) {
  /** The programs that ask for an address in the course of a boot. */
  public enum Program {
    /** PXE firmware, which loads by TFTP (RFC 4578). */
    PXE,
    /** UEFI HTTP Boot firmware (UEFI specification §24.7). */
    HTTP_BOOT,
    /** iPXE, which runs scripts from HTTP. */
    IPXE,
    /** An operating system or anything else, which boots nothing from here. */
    OTHER
  }

  // PXEClient:Arch:00007:UNDI:003016, by the PXE specification 2.1 §2.2.1.
  private static final Pattern ARCH_IN_CLASS =
      Pattern.compile("(?:PXE|HTTP)Client:Arch:([0-9]{5})(?::.*)?", Pattern.DOTALL);

  private static final int CODE_OF_BIOS = 0;

  public BootClient {
    architectures = List.copyOf(architectures);
  }

  /** Reads it from a request. */
  public static BootClient of(DhcpPacket request) {
    DhcpOptions options = request.options();
    String vendorClass = options.text(DhcpOption.VENDOR_CLASS).orElse("");
    List<Integer> codes = options.codes(DhcpOption.CLIENT_ARCHITECTURE);
    return new BootClient(
        program(options, vendorClass), codes.isEmpty() ? codesIn(vendorClass) : codes);
  }

  /** The first architecture that Kiln knows. */
  public Optional<ClientArchitecture> architecture() {
    return architectures.stream()
        .map(ClientArchitecture::ofCode)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Program program(DhcpOptions options, String vendorClass) {
    // iPXE calls itself PXEClient too: it must be recognised first, or it gets itself again and
    // again. RFC 3004 wants a length octet before each user class; iPXE writes none.
    String userClass = options.text(DhcpOption.USER_CLASS).orElse("");
    if (userClass.equals("iPXE") || userClass.equals("\4iPXE") || options.has(DhcpOption.IPXE)) {
      return Program.IPXE;
    }
    if (vendorClass.startsWith("HTTPClient")) {
      return Program.HTTP_BOOT;
    }
    return vendorClass.startsWith("PXEClient") ? Program.PXE : Program.OTHER;
  }

  private static List<Integer> codesIn(String vendorClass) {
    Matcher matcher = ARCH_IN_CLASS.matcher(vendorClass);
    // Firmware older than option 93 is BIOS.
    return List.of(matcher.matches() ? Integer.valueOf(matcher.group(1)) : CODE_OF_BIOS);
  }

  @Override
  public String toString() {
    return program + architecture().map(known -> " " + known).orElse(" " + architectures);
  }
}
