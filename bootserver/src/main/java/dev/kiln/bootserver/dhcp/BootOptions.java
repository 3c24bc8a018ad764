package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.net.Ipv4Address;

/** Writes a boot offer into a reply, in the way each kind of firmware reads it. */
final class BootOptions {
  // PXE specification 2.1 §2.2.3: option 43 holds options of its own; 6 is PXE_DISCOVERY_CONTROL,
  // bit 3 of which says: load the boot file named here, ask no further server on port 4011.
  private static final byte[] SKIP_DISCOVERY = {6, 1, 8, (byte) 255};

  // iPXE otherwise waits two seconds for a proxy DHCP server: 176 is its "no-pxedhcp".
  private static final byte[] NO_PROXY_DHCP = {(byte) 176, 1, 1};

  private static final int UUID_LENGTH = 17;
  private static final int MAX_FILE = DhcpDecoder.FILE_LENGTH - 1;

  private final Ipv4Address server;

  BootOptions(Ipv4Address server) {
    this.server = server;
  }

  /** Adds the options, the boot file name last, and returns the header with its boot fields. */
  DhcpHeader add(
      BootOffer offer, DhcpPacket request, DhcpHeader header, DhcpOptions.Builder options) {
    if (offer instanceof BootOffer.Script script) {
      options.put(DhcpOption.IPXE, NO_PROXY_DHCP);
      return load(script.url().toString(), header, options);
    }
    if (offer instanceof BootOffer.TftpProgram program) {
      return loadByTftp(program.file(), request, header, options);
    }
    if (offer instanceof BootOffer.HttpProgram program) {
      // UEFI specification §24.7.3: without this class the firmware does not take the offer.
      options.put(DhcpOption.VENDOR_CLASS, "HTTPClient");
      returnUuid(request, options);
      return load(program.url().toString(), header, options);
    }
    return header;
  }

  private DhcpHeader loadByTftp(
      String file, DhcpPacket request, DhcpHeader header, DhcpOptions.Builder options) {
    options.put(DhcpOption.VENDOR_CLASS, "PXEClient");
    returnUuid(request, options);
    options.put(DhcpOption.VENDOR_SPECIFIC, SKIP_DISCOVERY);
    if (request.options().asksFor(DhcpOption.TFTP_SERVER_NAME)) {
      options.put(DhcpOption.TFTP_SERVER_NAME, server.toString());
    }
    return load(file, header, options);
  }

  /**
   * The name stands in the header and in option 67, since firmware reads the one or the other. The
   * option comes last in the packet: UEFI firmware (edk2) writes a NUL behind it, where then only
   * the End option is lost and padding follows.
   */
  private DhcpHeader load(String name, DhcpHeader header, DhcpOptions.Builder options) {
    options.put(DhcpOption.BOOT_FILE_NAME, name);
    String file = name.length() <= MAX_FILE ? name : "";
    return header.withBoot(server, server.toString(), file);
  }

  /** RFC 4578 §2.3: returned unchanged, where it is what the RFC says. */
  private static void returnUuid(DhcpPacket request, DhcpOptions.Builder options) {
    request
        .options()
        .octets(DhcpOption.CLIENT_MACHINE_IDENTIFIER)
        .filter(uuid -> uuid.length == UUID_LENGTH && uuid[0] == 0)
        .ifPresent(uuid -> options.put(DhcpOption.CLIENT_MACHINE_IDENTIFIER, uuid));
  }
}
