package dev.kiln.bootserver.tftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A path between one TFTP client at a time and a server, on which packets are lost and doubled. The
 * client speaks to {@link #address()} and sees the answers come from another port, as from a
 * server.
 */
final class LossyPath implements AutoCloseable {
  private final Losses losses;
  private final InetSocketAddress server;
  private final Selector selector = Selector.open();
  private final DatagramChannel requests;
  private final DatagramChannel towardsClient;
  private final DatagramChannel towardsServer;
  private final ByteBuffer packet = ByteBuffer.allocate(66_000);
  private final Thread thread = new Thread(this::forward, "lossy-path");
  private @Nullable InetSocketAddress client;
  private @Nullable InetSocketAddress transfer;
  private final AtomicInteger lost = new AtomicInteger();

  LossyPath(InetSocketAddress server, long seed) throws IOException {
    this.server = server;
    this.losses = new Losses(seed);
    this.requests = open();
    this.towardsClient = open();
    this.towardsServer = open();
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) requests.getLocalAddress();
  }

  /** Packets that never arrived. */
  int lost() {
    return lost.get();
  }

  private DatagramChannel open() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
    return channel;
  }

  private void forward() {
    try {
      while (selector.isOpen()) {
        selector.select(key -> forward((DatagramChannel) key.channel()));
      }
    } catch (ClosedSelectorException e) {
      // The test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void forward(DatagramChannel from) {
    try {
      InetSocketAddress sender = (InetSocketAddress) from.receive(packet.clear());
      packet.flip();
      if (from == requests) {
        client = sender;
        send(towardsServer, server);
      } else if (from == towardsClient) {
        send(towardsServer, transfer);
      } else {
        transfer = sender;
        send(towardsClient, client);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(DatagramChannel channel, @Nullable InetSocketAddress to) throws IOException {
    int copies = losses.copies(packet);
    if (copies == 0) {
      lost.incrementAndGet();
    }
    for (int i = 0; i < copies; i++) {
      channel.send(packet.duplicate(), to);
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    requests.close();
    towardsClient.close();
    towardsServer.close();
  }
}
