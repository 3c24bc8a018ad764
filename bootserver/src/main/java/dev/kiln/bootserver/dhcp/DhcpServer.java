package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.machine.MacResolver;
import dev.kiln.bootserver.net.DatagramLoop;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.failure.KilnException;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
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
  public static DhcpServer start(
      DhcpSettings settings, Leases leases, EventLog events, MeterRegistry registry) {
    DhcpEndpoint endpoint = settings.endpoint();
    refuseUnlessHere(endpoint);
    InstantSource clock = InstantSource.system();
    AddressPool pool = poolOf(settings, leases);
    DatagramLoop loop = DatagramLoop.start("dhcp");
    DhcpServer server = new DhcpServer(loop, pool, clock);
    try {
      loop.listen(
          // Not the server's own address: that socket would hear no broadcast.
          new InetSocketAddress(Ipv4Address.NONE.toInet(), endpoint.serverPort()),
          Optional.of(endpoint.interfaceName()),
          DhcpDecoder.MAX_PACKET + 1,
          new DhcpHandler(
              endpoint,
              new AnswerDhcp(settings, leases, pool, loop.executor(), clock),
              new DhcpTimeline(events),
              new DhcpMetrics(registry),
              clock));
      return server;
    } catch (KilnException e) {
      server.close();
      throw e;
    }
  }

  private static AddressPool poolOf(DhcpSettings settings, Leases leases) {
    AddressPool pool = new AddressPool(settings);
    try {
      leases.list().toCompletableFuture().join().forEach(pool::learn);
      return pool;
    } catch (CompletionException e) {
      throw new KilnException(
          KilnException.Kind.IO,
          "the DHCP leases cannot be read: " + e.getMessage(),
          "Check the boot server's state directory",
          e);
    }
  }

  private static void refuseUnlessHere(DhcpEndpoint endpoint) {
    String name = endpoint.interfaceName();
    try {
      NetworkInterface found = NetworkInterface.getByName(name);
      if (found == null) {
        throw KilnException.input(
            "there is no network interface " + name, "'ip link' shows those that are here");
      }
      boolean has =
          found
              .inetAddresses()
              .anyMatch(
                  address ->
                      address instanceof Inet4Address v4
                          && Ipv4Address.of(v4).equals(endpoint.address()));
      if (!has) {
        throw KilnException.input(
            "the network interface " + name + " does not have the address " + endpoint.address(),
            "'ip address show " + name + "' shows those it has");
      }
    } catch (SocketException e) {
      throw KilnException.io("look at the network interface " + name, e);
    }
  }

  /** Whose an address is by the leases, for the timelines of other protocols. */
  public MacResolver resolver() {
    return address ->
        address instanceof Inet4Address v4
            ? pool.resolve(Ipv4Address.of(v4), clock.instant())
            : Optional.empty();
  }

  @Override
  public void close() {
    loop.close();
  }
}
