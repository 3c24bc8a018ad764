package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.codec.DhcpDecoder;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.Leases;
import dev.kiln.bootserver.lease.Reservations;
import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.net.DatagramLoop;
import dev.kiln.bootserver.net.InterfaceName;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.LocalInterface;
import dev.kiln.bootserver.net.MacResolver;
import dev.kiln.failure.KilnException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** The DHCP server of one network interface, on a thread of its own. */
public final class DhcpServer implements AutoCloseable {
  private final DatagramLoop loop;
  private final AddressPool pool;
  private final InstantSource clock;

  private DhcpServer(DatagramLoop loop, AddressPool pool, InstantSource clock) {
    this.loop = loop;
    this.pool = pool;
    this.clock = clock;
  }

  /**
   * Reads the leases and starts to answer. Blocks until the socket listens: not for event loops.
   *
   * @throws KilnException where the interface, its address or the port cannot be had, or the leases
   *     cannot be read
   */
  public static DhcpServer start(DhcpSettings settings, DhcpServices services) {
    refuseUnlessHere(settings);
    AddressPool pool = poolOf(settings.subnet(), services.leases());
    DatagramLoop loop = DatagramLoop.start("dhcp");
    DhcpServer server = new DhcpServer(loop, pool, services.clock());
    try {
      DhcpEndpoint endpoint = settings.endpoint();
      loop.listen(
          // Not the server's own address: that socket would hear no broadcast.
          new InetSocketAddress(Ipv4Address.NONE.toInet(), endpoint.serverPort()),
          Optional.of(endpoint.interfaceName()),
          DhcpDecoder.MAX_PACKET + 1,
          new DhcpHandler(
              settings,
              new AnswerDhcp(services.parts(settings, pool, loop.executor())),
              new DhcpTimeline(services.events(), settings.subnet().id()),
              new DhcpMetrics(services.meters()),
              services.clock()));
      return server;
    } catch (KilnException e) {
      server.close();
      throw e;
    }
  }

  private static AddressPool poolOf(Subnet subnet, Leases leases) {
    AddressPool pool = new AddressPool(subnet);
    try {
      leases.list(subnet.id()).toCompletableFuture().join().forEach(pool::learn);
      return pool;
    } catch (CompletionException e) {
      throw new KilnException(
          KilnException.Kind.IO,
          "the DHCP leases cannot be read: " + e.getMessage(),
          "Check the boot server's state directory",
          e);
    }
  }

  private static void refuseUnlessHere(DhcpSettings settings) {
    InterfaceName name = settings.endpoint().interfaceName();
    Ipv4Address address = settings.subnet().server();
    LocalInterface found =
        LocalInterface.find(name)
            .orElseThrow(
                () ->
                    KilnException.input(
                        "there is no network interface " + name,
                        "'ip link' shows those that are here"));
    if (!found.addresses().contains(address)) {
      throw KilnException.input(
          "the network interface " + name + " does not have the address " + address,
          "'ip address show " + name + "' shows those it has");
    }
  }

  /** Takes these reservations instead of those before; nothing else changes. On any thread. */
  public void reserve(Reservations reservations) {
    loop.executor().execute(() -> pool.reserve(reservations));
  }

  /** Whose an address is by the leases, for the timelines of other protocols. */
  public MacResolver resolver() {
    return address -> pool.resolve(address, clock.instant());
  }

  @Override
  public void close() {
    loop.close();
  }
}
