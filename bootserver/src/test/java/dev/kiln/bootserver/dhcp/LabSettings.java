package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.boot.AssignBoot;
import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.ClientArchitecture;
import dev.kiln.bootserver.boot.ImageCatalogue;
import dev.kiln.bootserver.boot.LoaderName;
import dev.kiln.bootserver.boot.Loaders;
import dev.kiln.bootserver.dhcp.codec.Requests;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.LeaseTime;
import dev.kiln.bootserver.lease.Leases;
import dev.kiln.bootserver.lease.Reservation;
import dev.kiln.bootserver.lease.Reservations;
import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.net.AddressProbe;
import dev.kiln.bootserver.net.Arrival;
import dev.kiln.bootserver.net.InterfaceName;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.bootserver.net.Ipv4Range;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.node.facts.Hostname;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The settings of a small boot network, to start a test with. */
public final class LabSettings {
  static final Ipv4Address SERVER = Ipv4Address.parse("10.77.0.1");
  static final BootAddresses ADDRESSES = new BootAddresses(URI.create("http://10.77.0.1"));
  static final Loaders LOADERS =
      new Loaders(
          Map.of(
              ClientArchitecture.BIOS, new LoaderName("undionly.kpxe"),
              ClientArchitecture.UEFI_X64, new LoaderName("ipxe.efi")),
          Map.of(ClientArchitecture.UEFI_X64_HTTP, new LoaderName("ipxe.efi")));

  private Optional<Ipv4Range> pool = Optional.of(Ipv4Range.parse("10.77.0.50-10.77.0.150"));
  private final Map<ClientId, Reservation> reservations = new HashMap<>();
  private BootAddresses addresses = ADDRESSES;
  private AddressProbe probe = AddressProbe.NONE;

  public static LabSettings lab() {
    return new LabSettings();
  }

  public LabSettings pool(String range) {
    pool = Optional.of(Ipv4Range.parse(range));
    return this;
  }

  public LabSettings withoutPool() {
    pool = Optional.empty();
    return this;
  }

  public LabSettings reserve(MacAddress client, String address, String hostName) {
    reservations.put(
        ClientId.of(client),
        new Reservation(Ipv4Address.parse(address), Optional.of(new Hostname(hostName))));
    return this;
  }

  LabSettings at(String server) {
    addresses = new BootAddresses(URI.create(server));
    return this;
  }

  public Subnet subnet() {
    return new Subnet(
        Ipv4Network.parse("10.77.0.0/24"),
        SERVER,
        pool,
        Optional.of(Ipv4Address.parse("10.77.0.254")),
        List.of(Ipv4Address.parse("10.77.0.1"), Ipv4Address.parse("10.77.0.60")),
        Optional.of("lab.example"));
  }

  DhcpSettings settings() {
    return new DhcpSettings(
        DhcpEndpoint.of(new InterfaceName("br0")), subnet(), new LeaseTime(Duration.ofHours(1)));
  }

  /** A pool with these reservations, of which nobody has an address. */
  public AddressPool addresses() {
    AddressPool made = new AddressPool(subnet());
    made.reserve(new Reservations(reservations));
    return made;
  }

  /** Everybody who would answer on the wire. */
  LabSettings probing(AddressProbe asked) {
    probe = asked;
    return this;
  }

  DhcpParts parts(Leases leases, AddressPool choosing, Executor loop, InstantSource clock) {
    return new DhcpParts(
        settings(),
        leases,
        choosing,
        decider()::assign,
        addresses,
        new PoolRoom(choosing, new DhcpMetrics(new SimpleMeterRegistry())),
        probe,
        loop,
        clock);
  }

  /** Who decides where no machine has a file. */
  AssignBoot decider() {
    return new AssignBoot(
        new Inventory(List.of(), List.of()),
        new ImageCatalogue.Snapshot(Map.of(), Map.of(), Map.of()),
        LOADERS,
        addresses);
  }

  /** A request, as it comes by the lab's interface. */
  static Query query(Requests request) {
    return query(request, Ipv4Address.BROADCAST);
  }

  /** A request that came to this address. */
  static Query query(Requests request, Ipv4Address local) {
    return new Query(
        request.packet(), new Arrival(new InterfaceName("br0"), local, new InetSocketAddress(68)));
  }
}
