package dev.kiln.bootserver.tftp;

import static io.netty.channel.ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE;

import dev.kiln.bootserver.health.Breakdown;
import dev.kiln.bootserver.net.MalformedPacketException;
import dev.kiln.bootserver.tftp.TftpPacket.Acknowledgement;
import dev.kiln.bootserver.tftp.TftpPacket.Failure;
import dev.kiln.bootserver.tftp.TransferEnd.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One file on its way to one client, on a socket of its own (RFC 1350 §4). It sends a block, waits
 * for its acknowledgement, and sends the next. A block is sent again only when time is up, never
 * for an acknowledgement that comes twice: one delay would double all further traffic (the
 * "Sorcerer's Apprentice", RFC 1123 §4.2.3.1).
 */
final class Transfer extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final ByteBuf NONE = Unpooled.EMPTY_BUFFER;

  private final Channel socket;
  private final Delivery delivery;
  private final LongSupplier nanoTime;
  private final TransferListener listener;
  private final RetransmitTimer timer;
  private final long startedAt;
  // What was sent and not yet acknowledged. The OACK counts as block 0 (RFC 2347).
  private long block;
  private ByteBuf packet = NONE;
  private boolean answered;
  private long repeated;
  private boolean over;

  Transfer(Channel socket, Delivery delivery, LongSupplier nanoTime, TransferListener listener) {
    this.socket = socket;
    this.delivery = delivery;
    this.nanoTime = nanoTime;
    this.listener = listener;
    this.startedAt = nanoTime.getAsLong();
    this.timer =
        new RetransmitTimer(
            socket.eventLoop(),
            nanoTime,
            delivery.agreement().firstWait(),
            !delivery.agreement().fixedWait(),
            this::repeat,
            () -> end(Outcome.TIMED_OUT, "block " + block + " was never acknowledged"));
  }

  /** Sends the first packet. */
  void start() {
    Map<String, String> options = delivery.agreement().acknowledged();
    if (options.isEmpty()) {
      sendBlock(1);
    } else {
      transmit(TftpEncoder.optionAcknowledgement(options));
    }
  }

  /** Whether the client acknowledged anything: until then it may be nobody. */
  boolean isAnswered() {
    return answered;
  }

  /** The client asks for the same again, and has acknowledged nothing: it gets it at once. */
  void startAgain() {
    if (!answered && !over) {
      repeat();
      timer.start(false);
    }
  }

  /** Ends without a word to the client. */
  void abandon(String reason) {
    end(Outcome.ABORTED, reason);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
    if (!datagram.sender().equals(delivery.peer())) {
      // RFC 1350 §4: the stranger is told, the transfer goes on.
      listener.dropped("stranger");
      ByteBuf error = TftpEncoder.error(TftpError.UNKNOWN_TRANSFER, "unknown transfer");
      context
          .writeAndFlush(new DatagramPacket(error, datagram.sender()))
          .addListener(FIRE_EXCEPTION_ON_FAILURE);
      return;
    }
    try {
      receive(TftpDecoder.decode(datagram.content().nioBuffer()));
    } catch (MalformedPacketException e) {
      listener.dropped("malformed-" + e.reason());
    }
  }

  private void receive(TftpPacket received) {
    if (received instanceof Acknowledgement acknowledgement) {
      acknowledged(acknowledgement.block());
    } else if (received instanceof Failure failure) {
      brokenOff(failure);
    } else {
      listener.dropped("unexpected");
    }
  }

  private void acknowledged(int number) {
    boolean current = packet.isReadable() && number == (int) (block & 0xffff);
    if (over || !current) {
      return;
    }
    if (!answered) {
      answered = true;
      listener.answered();
    }
    if (block == delivery.agreement().lastBlock()) {
      block++;
      end(Outcome.DONE, "");
    } else {
      sendBlock(block + 1);
    }
  }

  private void brokenOff(Failure failure) {
    if (block == 0 && delivery.agreement().tellsSize()) {
      end(Outcome.PROBED, "");
    } else {
      end(
          Outcome.ABORTED,
          "the client broke it off: error " + failure.code() + " " + failure.message());
    }
  }

  private void sendBlock(long number) {
    forget();
    block = number;
    transmit(TftpEncoder.data(socket.alloc(), number, delivery.block(number)));
  }

  private void transmit(ByteBuf fresh) {
    packet = fresh;
    write();
    timer.start(answered);
  }

  private void repeat() {
    if (packet.isReadable() && !over) {
      repeated++;
      listener.repeated();
      write();
    }
  }

  private void write() {
    socket
        .writeAndFlush(new DatagramPacket(packet.retainedDuplicate(), delivery.peer()))
        .addListener(FIRE_EXCEPTION_ON_FAILURE);
  }

  private void forget() {
    packet.release();
    packet = NONE;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(Outcome.FAILED, "the boot server stops");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Breakdown.reportIfError(cause);
    if (cause instanceof IOException) {
      // A packet that could not be sent is a lost packet.
      listener.dropped("send");
    } else {
      end(Outcome.FAILED, cause.toString());
    }
  }

  private void end(Outcome outcome, String reason) {
    if (over) {
      return;
    }
    over = true;
    timer.stop();
    forget();
    socket.close().addListener(FIRE_EXCEPTION_ON_FAILURE);
    long octets = delivery.before(block);
    Duration took = Duration.ofNanos(nanoTime.getAsLong() - startedAt);
    listener.ended(new TransferEnd(outcome, octets, took, repeated, reason));
  }
}
