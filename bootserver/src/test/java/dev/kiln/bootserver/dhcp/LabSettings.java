package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.bootserver.net.Ipv4Range;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a small boot network, to start a test with. */
public final class LabSettings {
  static final Ipv4Address SERVER = Ipv4Address.parse("10.77.0.1");
  static final BootTargets BOOT =
      new BootTargets(
          URI.create("http://10.77.0.1/boot.ipxe"),
          Map.of(
              ClientArchitecture.BIOS, "undionly.kpxe",
              ClientArchitecture.UEFI_X64, "ipxe.efi"),
          Map.of(ClientArchitecture.UEFI_X64_HTTP, URI.create("http://10.77.0.1/ipxe.efi")));

  private Optional<Ipv4Range> pool = Optional.of(Ipv4Range.parse("10.77.0.50-10.77.0.150"));
  private final Map<MacAddress, Reservation> reservations = new HashMap<>();
  private BootTargets boot = BOOT;

  static LabSettings lab() {
    return new LabSettings();
  }

  LabSettings pool(String range) {
    pool = Optional.of(Ipv4Range.parse(range));
    return this;
  }

  LabSettings withoutPool() {
    pool = Optional.empty();
    return this;
  }

  LabSettings reserve(MacAddress client, String address, String hostName) {
    reservations.put(client, new Reservation(Ipv4Address.parse(address), Optional.of(hostName)));
    return this;
  }

  LabSettings script(String url) {
    boot = new BootTargets(URI.create(url), BOOT.tftpLoaders(), BOOT.httpLoaders());
    return this;
  }

  DhcpSettings settings() {
    return new DhcpSettings(
        DhcpEndpoint.of("br0", SERVER),
        new Subnet(
            Ipv4Network.parse("10.77.0.0/24"),
            pool,
            Optional.of(Ipv4Address.parse("10.77.0.254")),
            List.of(Ipv4Address.parse("10.77.0.1"), Ipv4Address.parse("10.77.0.60")),
            Optional.of("lab.example")),
        Duration.ofHours(1),
        reservations,
        boot);
  }
}
