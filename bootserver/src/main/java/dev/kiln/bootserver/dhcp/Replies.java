package dev.kiln.bootserver.dhcp;

import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;

/** Sends datagrams from the server's own address. */
@FunctionalInterface
interface Replies {
  Future<?> send(DatagramPacket datagram);
}
