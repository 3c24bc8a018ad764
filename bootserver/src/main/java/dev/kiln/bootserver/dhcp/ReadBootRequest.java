package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.boot.Asker;
import dev.kiln.bootserver.boot.BootRequest;
import dev.kiln.bootserver.boot.ClientArchitecture;
import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.dhcp.codec.DhcpOptions;
import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.machine.Claims;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in a DHCP request which program asks, and what it can run. */
final class ReadBootRequest {
  // PXEClient:Arch:00007:UNDI:003016, by the PXE specification 2.1 §2.2.1.
  private static final Pattern ARCH_IN_CLASS =
      Pattern.compile("(?:PXE|HTTP)Client:Arch:([0-9]{5})(?::|\\z)");
  private static final int CODE_OF_BIOS = 0;
  // Tags within option 175, one for each feature that iPXE was built with (its features.h).
  private static final int FIRST_FEATURE = 16;
  private static final int LAST_FEATURE = 63;
  private static final int HTTP_FEATURE = 19;

  private ReadBootRequest() {}

  static BootRequest of(DhcpPacket request, SubnetId subnet) {
    DhcpOptions options = request.options();
    return new BootRequest(
        Claims.of(request.client()),
        asker(options),
        architectures(options),
        features(options),
        subnet);
  }

  private static Asker asker(DhcpOptions options) {
    String vendorClass = options.text(DhcpOption.VENDOR_CLASS).orElse("");
    // iPXE calls itself PXEClient too: it must be recognised first, or it gets itself again and
    // again. RFC 3004 wants a length octet before each user class; iPXE writes none.
    String userClass = options.text(DhcpOption.USER_CLASS).orElse("");
    if (userClass.equals("iPXE") || userClass.equals("\4iPXE") || options.has(DhcpOption.IPXE)) {
      return Asker.IPXE;
    }
    if (vendorClass.startsWith("HTTPClient")) {
      return Asker.HTTP_BOOT;
    }
    return vendorClass.startsWith("PXEClient") ? Asker.PXE : Asker.OTHER;
  }

  private static List<ClientArchitecture> architectures(DhcpOptions options) {
    List<Integer> codes = options.codes(DhcpOption.CLIENT_ARCHITECTURE);
    return (codes.isEmpty() ? List.of(codeInClass(options)) : codes)
        .stream().map(ClientArchitecture::ofCode).flatMap(Optional::stream).toList();
  }

  private static int codeInClass(DhcpOptions options) {
    Matcher matcher = ARCH_IN_CLASS.matcher(options.text(DhcpOption.VENDOR_CLASS).orElse(""));
    // Firmware older than option 93 is BIOS. Whatever follows the code is not looked at.
    return matcher.lookingAt() ? Integer.parseInt(matcher.group(1)) : CODE_OF_BIOS;
  }

  /** iPXE lists what it was built with; one that lists nothing is taken to be whole. */
  private static Set<BootRequest.Feature> features(DhcpOptions options) {
    Set<Integer> listed = tags(options.octets(DhcpOption.IPXE).orElse(new byte[0]));
    boolean lists = listed.stream().anyMatch(tag -> tag >= FIRST_FEATURE && tag <= LAST_FEATURE);
    return !lists || listed.contains(HTTP_FEATURE) ? Set.of(BootRequest.Feature.HTTP) : Set.of();
  }

  /** The tags of the options within an option; what stands behind a broken one is not read. */
  private static Set<Integer> tags(byte[] options) {
    Set<Integer> tags = new HashSet<>();
    for (int at = 0; at + 1 < options.length; at += 2 + (options[at + 1] & 0xff)) {
      tags.add(options[at] & 0xff);
    }
    return tags;
  }
}
