package dev.kiln.bootserver.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DatagramPacket;

/**
 * The two sockets of one port on one interface.
 *
 * @param all hears broadcasts, and what comes to other addresses of the interface
 * @param own hears what comes to the service's own address, and says everything from it
 */
public record InterfaceSockets(Channel all, Channel own) implements AutoCloseable {
  /** Whether both are as they were opened. */
  public boolean open() {
    return all.isActive() && own.isActive();
  }

  public ChannelFuture send(DatagramPacket datagram) {
    return own.writeAndFlush(datagram);
  }

  /** Closes both, and waits until the port is free again. Not on an event loop. */
  @Override
  public void close() {
    all.close().awaitUninterruptibly();
    own.close().awaitUninterruptibly();
  }
}
