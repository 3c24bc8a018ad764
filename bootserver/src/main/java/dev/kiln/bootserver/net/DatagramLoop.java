package dev.kiln.bootserver.net;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.KilnException.Kind;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One thread that serves IPv4 datagram sockets. Nothing that it runs may block. */
public final class DatagramLoop implements AutoCloseable {
  // Linux, asm-generic/socket.h: the same on x86-64 and arm64.
  private static final int SOL_SOCKET = 1;
  private static final int SO_BINDTODEVICE = 25;
  private static final int INTERFACE_NAME_SIZE = 16;

  private final EventLoopGroup group;
  private final ChannelGroup sockets;

  private DatagramLoop(EventLoopGroup group) {
    this.group = group;
    this.sockets = new DefaultChannelGroup(group.next());
  }

  /**
   * Starts the thread.
   *
   * @param thread its name
   */
  public static DatagramLoop start(String thread) {
    if (!Epoll.isAvailable()) {
      throw new KilnException(
          Kind.UNSUPPORTED,
          "Linux's epoll cannot be used here",
          "Run on Linux with glibc on x86-64 or arm64, with a /tmp that may run code",
          Epoll.unavailabilityCause());
    }
    return new DatagramLoop(
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory(thread), EpollIoHandler.newFactory()));
  }

  /** The thread, for work that belongs to its sockets. */
  public Executor executor() {
    return group;
  }

  /**
   * Opens a socket.
   *
   * @param local address and port; port 0 lets the system choose
   * @param device the only network interface that it hears and speaks on; empty for all
   * @param largest octets of the longest datagram taken whole; of longer ones the rest is lost
   */
  public ChannelFuture open(
      InetSocketAddress local,
      Optional<InterfaceName> device,
      int largest,
      ChannelHandler handler) {
    return bind(bootstrap(device, largest, handler), local);
  }

  private Bootstrap bootstrap(Optional<InterfaceName> device, int largest, ChannelHandler handler) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channelFactory(() -> new EpollDatagramChannel(SocketProtocolFamily.INET))
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(largest))
            .handler(handler);
    device.ifPresent(
        name ->
            bootstrap
                .option(ChannelOption.SO_BROADCAST, true)
                .option(
                    new RawUnixChannelOption(
                        "SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, INTERFACE_NAME_SIZE),
                    nameWithNul(name.text())));
    return bootstrap;
  }

  private ChannelFuture bind(Bootstrap bootstrap, InetSocketAddress local) {
    ChannelFuture opening = bootstrap.bind(local);
    sockets.add(opening.channel());
    return opening;
  }

  /** Opens a socket and waits for it: for the start of a service, never on an event loop. */
  public InetSocketAddress listen(
      InetSocketAddress local,
      Optional<InterfaceName> device,
      int largest,
      ChannelHandler handler) {
    Channel channel = listening(local, device, open(local, device, largest, handler));
    return (InetSocketAddress) channel.localAddress();
  }

  /**
   * Opens the two sockets of a service that hears broadcasts on one interface and answers from an
   * address of its own, and waits for them. Nobody else gets the port of either meanwhile.
   *
   * @param own address and port; what comes to it comes by the second socket, all else by the first
   * @param handlers makes the handler of each by the address that it is for: {@link
   *     Ipv4Address#BROADCAST}, and the own one
   */
  public InterfaceSockets listenOn(
      InterfaceName name,
      InetSocketAddress own,
      int largest,
      Function<Ipv4Address, ChannelHandler> handlers) {
    Optional<InterfaceName> device = Optional.of(name);
    // Not the own address: that socket would hear no broadcast.
    InetSocketAddress any = new InetSocketAddress(Ipv4Address.NONE.toInet(), own.getPort());
    Channel all =
        listening(any, device, open(any, device, largest, handlers.apply(Ipv4Address.BROADCAST)));
    try {
      // The kernel lets a second socket have the port where both sockets allow it at that time,
      // and nobody a third one where either does not.
      all.config().setOption(ChannelOption.SO_REUSEADDR, true);
      Ipv4Address address = Ipv4Address.of((Inet4Address) own.getAddress());
      Bootstrap bootstrap =
          bootstrap(device, largest, handlers.apply(address))
              .option(ChannelOption.SO_REUSEADDR, true);
      Channel mine = listening(own, device, bind(bootstrap, own));
      mine.config().setOption(ChannelOption.SO_REUSEADDR, false);
      all.config().setOption(ChannelOption.SO_REUSEADDR, false);
      return new InterfaceSockets(all, mine);
    } catch (KilnException e) {
      all.close().awaitUninterruptibly();
      throw e;
    }
  }

  private static Channel listening(
      InetSocketAddress local, Optional<InterfaceName> device, ChannelFuture opening) {
    if (!opening.awaitUninterruptibly().isSuccess()) {
      throw cannotListen(local, device, opening.cause());
    }
    return opening.channel();
  }

  private static ByteBuffer nameWithNul(String name) {
    // Netty hands over a direct buffer as it is.
    ByteBuffer buffer = ByteBuffer.allocateDirect(INTERFACE_NAME_SIZE);
    buffer.put(name.getBytes(StandardCharsets.UTF_8)).rewind();
    return buffer;
  }

  private static KilnException cannotListen(
      InetSocketAddress local, Optional<InterfaceName> device, Throwable cause) {
    String where =
        "UDP "
            + local.getAddress().getHostAddress()
            + ":"
            + local.getPort()
            + device.map(name -> " on " + name).orElse("");
    return new KilnException(
        Kind.IO,
        "cannot listen on " + where + ": " + cause.getMessage(),
        "See with 'ss -ulpn' whether another server has the port and with 'ip address' whether the"
            + " address is here; ports below 1024 need root or CAP_NET_BIND_SERVICE",
        cause);
  }

  /** Closes the sockets and ends the thread; waits for it, so that their ports are free again. */
  @Override
  public void close() {
    // The end of the thread does not wait until the system has let go of its sockets.
    sockets.close().awaitUninterruptibly();
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
