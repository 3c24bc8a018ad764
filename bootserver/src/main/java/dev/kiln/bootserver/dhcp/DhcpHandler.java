package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.codec.DhcpDecoder;
import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
import dev.kiln.bootserver.health.Breakdown;
import dev.kiln.bootserver.net.Arrival;
import dev.kiln.bootserver.net.InterfaceName;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MalformedPacketException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes datagrams from one socket, and has those served that are requests. */
final class DhcpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger log = LoggerFactory.getLogger(DhcpHandler.class);

  private final InterfaceName interfaceName;
  private final Ipv4Address local;
  private final ServeQueries service;
  private final DhcpMetrics metrics;

  /**
   * Takes what comes to one address.
   *
   * @param local the server's own, or the broadcast
   */
  DhcpHandler(
      InterfaceName interfaceName, Ipv4Address local, ServeQueries service, DhcpMetrics metrics) {
    this.interfaceName = interfaceName;
    this.local = local;
    this.service = service;
    this.metrics = metrics;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
    try {
      DhcpPacket packet = DhcpDecoder.decode(datagram.content().nioBuffer());
      if (packet.header().reply()) {
        metrics.countDropped("not-a-request");
        return;
      }
      metrics.count(packet.type());
      metrics.countLeftOut(packet.options().leftOut());
      service.serve(new Query(packet, new Arrival(interfaceName, local, datagram.sender())));
    } catch (MalformedPacketException e) {
      metrics.countDropped("malformed-" + e.reason());
      log.debug("dropped a packet from {}: {}", datagram.sender(), e.reason());
    }
  }

  /** One packet never ends the service; an error may, since it is not that packet's alone. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Breakdown.reportIfError(cause);
    metrics.countDropped("failed");
    log.error("a DHCP packet could not be handled", cause);
  }
}
