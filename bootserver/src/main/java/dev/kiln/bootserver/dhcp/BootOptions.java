package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.boot.LoaderName;
import dev.kiln.bootserver.dhcp.codec.DhcpDecoder;
import dev.kiln.bootserver.dhcp.codec.DhcpEncoder;
import dev.kiln.bootserver.dhcp.codec.DhcpHeader;
import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.dhcp.codec.DhcpOptions;
import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
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
  private final BootAddresses addresses;

  /**
   * Writes for one subnet.
   *
   * @param server this server's address there
   */
  BootOptions(Ipv4Address server, BootAddresses addresses) {
    this.server = server;
    this.addresses = addresses;
  }

  /** Adds the options, the boot file name last, and returns the header with its boot fields. */
  DhcpHeader add(
      BootPlan plan, DhcpPacket request, DhcpHeader header, DhcpOptions.Builder options) {
    if (plan instanceof BootPlan.Identify) {
      options.put(DhcpOption.IPXE, NO_PROXY_DHCP);
      return load(addresses.entry().toString(), header, options);
    }
    if (plan instanceof BootPlan.Load load) {
      return switch (load.by()) {
        case TFTP -> loadByTftp(load.program().text(), request, header, options);
        case HTTP -> loadByHttp(load.program(), request, header, options);
      };
    }
    return header;
  }

  private DhcpHeader loadByHttp(
      LoaderName program, DhcpPacket request, DhcpHeader header, DhcpOptions.Builder options) {
    // UEFI specification §24.7.3: without this class the firmware does not take the offer.
    options.put(DhcpOption.VENDOR_CLASS, "HTTPClient");
    returnUuid(request, options);
    return load(addresses.loader(program).toString(), header, options);
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
   * The name stands in the header and in option 67, since firmware reads the one or the other. What
   * firmware does behind that option, see {@link DhcpEncoder}.
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
