package dev.kiln.bootserver.app;

import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.config.Config;
import dev.kiln.bootserver.dhcp.BootTargets;
import dev.kiln.bootserver.dhcp.ClientArchitecture;
import dev.kiln.bootserver.dhcp.DhcpEndpoint;
import dev.kiln.bootserver.dhcp.DhcpServer;
import dev.kiln.bootserver.dhcp.DhcpSettings;
import dev.kiln.bootserver.dhcp.Leases;
import dev.kiln.bootserver.dhcp.Reservation;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.machine.MacResolver;
import dev.kiln.bootserver.machine.Machine;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DHCP with the reservations of today's machine files. Where these change, the server is started
 * again: a moment in which clients repeat themselves, and no lease is lost.
 */
final class DhcpService implements AutoCloseable, MacResolver {
  private static final Logger LOG = LoggerFactory.getLogger(DhcpService.class);

  private final Config config;
  private final Duration leaseTime;
  private final Leases leases;
  private final EventLog events;
  private final MeterRegistry meters;
  private volatile @Nullable DhcpServer server;
  private @Nullable DhcpSettings served;

  DhcpService(
      Config config, Config.Dhcp dhcp, Leases leases, EventLog events, MeterRegistry meters) {
    this.config = config;
    this.leaseTime = dhcp.leaseTime();
    this.leases = leases;
    this.events = events;
    this.meters = meters;
  }

  /**
   * Serves these machines from now on; where that fails, goes on with those before. Blocks while
   * the socket opens.
   */
  synchronized void serve(Inventory inventory) {
    DhcpSettings wanted =
        new DhcpSettings(
            DhcpEndpoint.of(config.interfaceName(), config.address()),
            config.subnet(),
            leaseTime,
            reservations(inventory),
            targets());
    if (server != null && wanted.equals(served)) {
      return;
    }
    if (server != null) {
      LOG.info("DHCP starts again with {} reservations", wanted.reservations().size());
      close();
    }
    try {
      server = DhcpServer.start(wanted, leases, events, meters);
      served = wanted;
    } catch (RuntimeException e) {
      goOn(e);
      throw e;
    }
  }

  /** With what was served before, so that HTTP and DHCP never speak of different machines. */
  private void goOn(RuntimeException failure) {
    DhcpSettings before = served;
    if (before != null) {
      try {
        server = DhcpServer.start(before, leases, events, meters);
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }

  boolean running() {
    return server != null;
  }

  @Override
  public Optional<MacAddress> resolve(InetAddress address) {
    DhcpServer running = server;
    return running == null ? Optional.empty() : running.resolver().resolve(address);
  }

  @Override
  public synchronized void close() {
    DhcpServer running = server;
    if (running != null) {
      server = null;
      running.close();
    }
  }

  private BootTargets targets() {
    BootAddresses addresses = new BootAddresses(config.server());
    String bios = Config.Loaders.name(config.loaders().bios());
    String uefi = Config.Loaders.name(config.loaders().uefi());
    Map<ClientArchitecture, String> tftp =
        config.tftp()
            ? Map.of(ClientArchitecture.BIOS, bios, ClientArchitecture.UEFI_X64, uefi)
            : Map.of();
    Map<ClientArchitecture, URI> http =
        Map.of(ClientArchitecture.UEFI_X64_HTTP, addresses.loader(uefi));
    return new BootTargets(addresses.entry(), tftp, http);
  }

  private static Map<MacAddress, Reservation> reservations(Inventory inventory) {
    Map<MacAddress, Reservation> reservations = new HashMap<>();
    for (Machine machine : inventory.machines()) {
      machine
          .address()
          .ifPresent(
              address -> {
                MacAddress card = machine.macs().get(0);
                Optional<String> name =
                    inventory
                        .groupOf(machine)
                        .map(group -> group.hostname().hostname(machine.name(), card).label());
                reservations.put(card, new Reservation(address, name));
              });
    }
    return Map.copyOf(reservations);
  }
}
