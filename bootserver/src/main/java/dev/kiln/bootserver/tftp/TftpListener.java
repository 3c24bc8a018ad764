package dev.kiln.bootserver.tftp;

import static io.netty.channel.ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE;

import dev.kiln.bootserver.net.MalformedPacketException;
import dev.kiln.bootserver.tftp.TftpPacket.ReadRequest;
import dev.kiln.bootserver.tftp.TftpPacket.WriteRequest;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the requests that arrive at the server's port, and starts a session for each. */
final class TftpListener extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger log = LoggerFactory.getLogger(TftpListener.class);
  private static final String OCTET = "octet";

  private final TftpContext context;
  private final Map<InetSocketAddress, Session> sessions;

  /**
   * A listener.
   *
   * @param sessions those that go on, by client
   */
  TftpListener(TftpContext context, Map<InetSocketAddress, Session> sessions) {
    this.context = context;
    this.sessions = sessions;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext socket, DatagramPacket datagram) {
    InetSocketAddress peer = datagram.sender();
    try {
      TftpPacket packet = TftpDecoder.decode(datagram.content().nioBuffer());
      if (packet instanceof ReadRequest request) {
        read(socket, peer, request);
      } else if (packet instanceof WriteRequest request) {
        String why = "files can only be read here";
        refuse(socket, peer, request.file(), TftpError.ACCESS_VIOLATION, why);
      } else {
        context.metrics().countDropped("stray");
      }
    } catch (MalformedPacketException e) {
      context.metrics().countDropped("malformed-" + e.reason());
      log.debug("dropped a packet from {}: {}", peer, e.reason());
    }
  }

  private void read(ChannelHandlerContext socket, InetSocketAddress peer, ReadRequest request) {
    Session known = sessions.get(peer);
    if (known != null && known.isFor(request)) {
      // Its answer is on the way, and is repeated if it is lost. A second one at once would only
      // double the traffic, and some clients break off at a second OACK.
      context.metrics().countDropped("repeated-request");
      return;
    }
    if (known != null) {
      known.abandon();
    }
    if (!request.mode().equals(OCTET)) {
      String why = "only the mode octet is served: ask for a binary transfer";
      refuse(socket, peer, request.file(), TftpError.ILLEGAL_OPERATION, why);
    } else if (sessions.size() >= context.settings().maxTransfers()) {
      // No error: firmware would give up its boot. It asks again in a second or two.
      context.metrics().countRequest("deferred");
    } else {
      start(socket, peer, request);
    }
  }

  private void start(ChannelHandlerContext socket, InetSocketAddress peer, ReadRequest request) {
    Session session =
        new Session(
            context,
            peer,
            request,
            (error, message) -> send(socket, peer, error, message),
            over -> sessions.remove(peer, over));
    sessions.put(peer, session);
    session.start();
  }

  private void refuse(
      ChannelHandlerContext socket,
      InetSocketAddress peer,
      String file,
      TftpError error,
      String message) {
    context.metrics().countRequest("refused");
    context.timeline().refused(peer, file, message);
    send(socket, peer, error, message);
  }

  private static void send(
      ChannelHandlerContext socket, InetSocketAddress peer, TftpError error, String message) {
    socket
        .writeAndFlush(new DatagramPacket(TftpEncoder.error(error, message), peer))
        .addListener(FIRE_EXCEPTION_ON_FAILURE);
  }

  /** One packet, whatever it does, never ends the service. */
  @Override
  public void exceptionCaught(ChannelHandlerContext socket, Throwable cause) {
    context.metrics().countDropped("failed");
    log.error("a TFTP packet could not be handled", cause);
  }
}
