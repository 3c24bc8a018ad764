package dev.kiln.bootserver.tftp;

import static io.netty.channel.ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE;

import dev.kiln.bootserver.admission.Slots;
import dev.kiln.bootserver.health.Breakdown;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.MalformedPacketException;
import dev.kiln.bootserver.tftp.TftpPacket.ReadRequest;
import dev.kiln.bootserver.tftp.TftpPacket.WriteRequest;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the requests that arrive at the server's port, and starts a session for each. */
final class TftpListener extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger log = LoggerFactory.getLogger(TftpListener.class);
  private static final String OCTET = "octet";

  /** A request that comes again sooner is the same packet, doubled on its way. */
  private static final Duration MOMENT = Duration.ofMillis(100);

  private final TftpContext context;
  private final Sessions sessions;

  /** A listener. */
  TftpListener(TftpContext context, Sessions sessions) {
    this.context = context;
    this.sessions = sessions;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext socket, DatagramPacket datagram) {
    InetSocketAddress peer = datagram.sender();
    IpAddress sender = IpAddress.of(peer.getAddress());
    // An answer is longer than its request: nobody who does not boot here is sent one.
    if (!context.settings().served().contains(sender)) {
      context.metrics().countDropped("other-network");
    } else if (!context.budgets().take(sender)) {
      context.metrics().countDropped("too-many");
    } else {
      handle(new Reply(socket, peer), datagram);
    }
  }

  private void handle(Reply reply, DatagramPacket datagram) {
    try {
      TftpPacket packet = TftpDecoder.decode(datagram.content().nioBuffer());
      if (packet instanceof ReadRequest request) {
        read(reply, request);
      } else if (packet instanceof WriteRequest request) {
        String why = "files can only be read here";
        refuse(reply, request.file(), TftpError.ACCESS_VIOLATION, why);
      } else {
        context.metrics().countDropped("stray");
      }
    } catch (MalformedPacketException e) {
      context.metrics().countDropped("malformed-" + e.reason());
      log.debug("dropped a packet from {}: {}", reply.peer(), e.reason());
    }
  }

  private void read(Reply reply, ReadRequest request) {
    Optional<Session> known = sessions.of(reply.peer());
    Optional<Session> same = known.filter(session -> session.isFor(request));
    if (same.isEmpty()) {
      known.ifPresent(session -> session.abandon("the client asked for another file"));
      serve(reply, request, Optional.empty());
    } else if (same.get().isYoungerThan(MOMENT)) {
      // Its answer is on the way. A second one at once would only double the traffic, and some
      // clients break off at a second OACK.
      context.metrics().countDropped("repeated-request");
    } else if (same.get().isAnswered()) {
      serve(reply, request, same);
    } else {
      same.get().startAgain();
    }
  }

  private void serve(Reply reply, ReadRequest request, Optional<Session> running) {
    if (!request.mode().equals(OCTET)) {
      String why = "only the mode octet is served: ask for a binary transfer";
      refuse(reply, request.file(), TftpError.ILLEGAL_OPERATION, why);
      return;
    }
    Optional<ByteBuffer> file =
        request.hasPlainName() ? context.source().find(request.file()) : Optional.empty();
    if (file.isEmpty()) {
      String why =
          request.hasPlainName()
              ? "there is no such boot file"
              : "the name holds octets that are no text";
      refuse(reply, request.file(), TftpError.FILE_NOT_FOUND, why);
      return;
    }
    Optional<Slots.Slot> place = sessions.place(IpAddress.of(reply.peer().getAddress()));
    if (place.isEmpty()) {
      // No error: firmware would give up its boot. It asks again in a second or two.
      context.metrics().countRequest("deferred");
      return;
    }
    Agreement agreement = Agreement.of(request, file.get().remaining(), context.settings());
    Delivery delivery = new Delivery(reply.peer(), agreement, file.get());
    Session session = new Session(context, request, delivery, place.get());
    running.ifPresent(session::follows);
    sessions.start(session);
  }

  private void refuse(Reply reply, String file, TftpError error, String message) {
    context.metrics().countRequest(error == TftpError.FILE_NOT_FOUND ? "not-found" : "refused");
    context.timeline().refused(reply.peer(), file, message);
    reply.send(error, message);
  }

  /** Where a request came from. */
  private record Reply(ChannelHandlerContext socket, InetSocketAddress peer) {
    void send(TftpError error, String message) {
      socket
          .writeAndFlush(new DatagramPacket(TftpEncoder.error(error, message), peer))
          .addListener(FIRE_EXCEPTION_ON_FAILURE);
    }
  }

  /** One packet never ends the service; an error may, since it is not that packet's alone. */
  @Override
  public void exceptionCaught(ChannelHandlerContext socket, Throwable cause) {
    Breakdown.reportIfError(cause);
    context.metrics().countDropped("failed");
    log.error("a TFTP packet could not be handled", cause);
  }
}
