package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.codec.DhcpDecoder;
import dev.kiln.bootserver.health.Breakdown;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.Leases;
import dev.kiln.bootserver.lease.Reservations;
import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.net.AddressProbe;
import dev.kiln.bootserver.net.ArpProbe;
import dev.kiln.bootserver.net.DatagramLoop;
import dev.kiln.bootserver.net.InterfaceName;
import dev.kiln.bootserver.net.InterfaceSockets;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacResolver;
import dev.kiln.failure.KilnException;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The DHCP server of one network interface, on a thread of its own. */
public final class DhcpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);

  /** How often the interface and the pool are looked at. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  // RFC 863: nobody answers there, and nothing is done by what comes there.
  private static final int DISCARD_PORT = 9;

  private final DhcpSettings settings;
  private final InstantSource clock;
  private final AddressPool pool;
  private final DatagramLoop loop = DatagramLoop.start("dhcp");
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("dhcp-watch", true));
  private final FollowInterface follow;
  private final PoolRoom room;

  private DhcpServer(DhcpSettings settings, DhcpServices services, AddressPool pool) {
    this.settings = settings;
    this.clock = services.clock();
    this.pool = pool;
    DhcpMetrics metrics = new DhcpMetrics(services.meters());
    this.room = new PoolRoom(pool, metrics);
    AnswerDhcp answers =
        new AnswerDhcp(services.parts(settings, pool, room, probe(), loop.executor()));
    ServeQueries service = serve(answers, services, metrics);
    InterfaceName name = settings.endpoint().interfaceName();
    this.follow =
        new FollowInterface(
            name,
            settings.subnet().server(),
            () ->
                loop.listenOn(
                    name,
                    to(settings.subnet().server(), settings.endpoint().serverPort()),
                    DhcpDecoder.MAX_PACKET + 1,
                    local -> new DhcpHandler(name, local, service, metrics)));
  }

  /**
   * Reads the leases and starts to answer. Blocks until the sockets listen: not for event loops.
   *
   * @throws KilnException where the interface, its address or the port cannot be had, or the leases
   *     cannot be read
   */
  public static DhcpServer start(DhcpSettings settings, DhcpServices services) {
    DhcpServer server =
        new DhcpServer(settings, services, poolOf(settings.subnet(), services.leases()));
    try {
      server.follow.open();
      ScheduledFuture<?> unused =
          server.watch.scheduleWithFixedDelay(
              Breakdown.watching(server::look), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
      return server;
    } catch (KilnException e) {
      server.close();
      throw e;
    }
  }

  private ServeQueries serve(AnswerDhcp answers, DhcpServices services, DhcpMetrics metrics) {
    return new ServeQueries(
        answers,
        this::send,
        new ServeQueries.Sight(
            settings.endpoint(),
            new DhcpTimeline(services.events(), settings.subnet().id()),
            metrics,
            loop.executor(),
            clock));
  }

  /** Machines behind relays answer no ARP here. */
  private AddressProbe probe() {
    Subnet subnet = settings.subnet();
    return subnet.network().contains(subnet.server())
        ? ArpProbe.on(settings.endpoint().interfaceName(), watch, this::nudge)
        : AddressProbe.NONE;
  }

  private void nudge(Ipv4Address address) {
    send(new DatagramPacket(Unpooled.wrappedBuffer(new byte[1]), to(address, DISCARD_PORT)))
        .addListener(sent -> LOG.debug("asked who has {}", address, sent.cause()));
  }

  private Future<?> send(DatagramPacket datagram) {
    Optional<InterfaceSockets> sockets = follow.sockets();
    if (sockets.isPresent()) {
      return sockets.get().send(datagram);
    }
    datagram.release();
    return GlobalEventExecutor.INSTANCE.newFailedFuture(
        new IOException("the network interface is away"));
  }

  private static InetSocketAddress to(Ipv4Address address, int port) {
    return new InetSocketAddress(address.toInet(), port);
  }

  private void look() {
    try {
      follow.look();
      onLoop(() -> room.look(clock.instant()));
    } catch (RuntimeException e) {
      // The next look must come, whatever this one met.
      LOG.error("The network interface of DHCP could not be looked at", e);
    }
  }

  /** Whether a packet would find it: the interface is there, and so are the sockets on it. */
  public boolean answering() {
    return follow.sockets().isPresent();
  }

  private static AddressPool poolOf(Subnet subnet, Leases leases) {
    AddressPool pool = new AddressPool(subnet);
    try {
      leases.list(subnet.id()).toCompletableFuture().join().forEach(pool::learn);
      return pool;
    } catch (CompletionException e) {
      if (e.getCause() instanceof KilnException failure) {
        throw failure;
      }
      throw new KilnException(
          KilnException.Kind.IO,
          "the DHCP leases cannot be read: " + e.getCause(),
          "Check the boot server's state directory",
          e);
    }
  }

  /** Takes these reservations instead of those before; nothing else changes. On any thread. */
  public void reserve(Reservations reservations) {
    onLoop(() -> pool.reserve(reservations));
  }

  private void onLoop(Runnable work) {
    loop.executor().execute(Breakdown.watching(work));
  }

  /** Whose an address is by the leases, for the timelines of other protocols. */
  public MacResolver resolver() {
    return address -> pool.resolve(address, clock.instant());
  }

  @Override
  public void close() {
    watch.shutdown();
    try {
      // A look may be opening sockets: not on a loop that ends.
      if (!watch.awaitTermination(LOOK.multipliedBy(5).toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The network interface of DHCP is still being looked at");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loop.close();
  }
}
