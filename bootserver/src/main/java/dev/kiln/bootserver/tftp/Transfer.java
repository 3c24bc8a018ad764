package dev.kiln.bootserver.tftp;

import static io.netty.channel.ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE;

import dev.kiln.bootserver.net.MalformedPacketException;
import dev.kiln.bootserver.tftp.TftpPacket.Acknowledgement;
import dev.kiln.bootserver.tftp.TftpPacket.Failure;
import dev.kiln.bootserver.tftp.TransferEnd.Outcome;
import dev.kiln.failure.KilnException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way to one client, on a socket of its own (RFC 1350 §4). It sends a block, waits
 * for its acknowledgement, and sends the next. A block is sent again only when time is up, never
 * for an acknowledgement that comes twice: one delay would double all further traffic (the
 * "Sorcerer's Apprentice", RFC 1123 §4.2.3.1).
 */
final class Transfer extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final ByteBuf NONE = Unpooled.EMPTY_BUFFER;

  private final Channel socket;
  private final InetSocketAddress peer;
  private final Agreement agreement;
  private final BlockReader reader;
  private final LongSupplier nanoTime;
  private final TransferListener listener;
  private final RetransmitTimer timer;
  private final long startedAt;
  // What was sent and not yet acknowledged. The OACK counts as block 0 (RFC 2347).
  private long block;
  private ByteBuf packet = NONE;
  private long repeated;
  private boolean over;

  Transfer(
      Channel socket,
      InetSocketAddress peer,
      Agreement agreement,
      BlockReader reader,
      LongSupplier nanoTime,
      TransferListener listener) {
    this.socket = socket;
    this.peer = peer;
    this.agreement = agreement;
    this.reader = reader;
    this.nanoTime = nanoTime;
    this.listener = listener;
    this.startedAt = nanoTime.getAsLong();
    this.timer =
        new RetransmitTimer(
            socket.eventLoop(),
            nanoTime,
            agreement.firstWait(),
            !agreement.fixedWait(),
            this::repeat,
            () -> end(Outcome.TIMED_OUT, "block " + block + " was never acknowledged"));
  }

  /** Sends the first packet. */
  void start() {
    if (agreement.acknowledged().isEmpty()) {
      sendBlock(1);
    } else {
      transmit(TftpEncoder.optionAcknowledgement(agreement.acknowledged()));
    }
  }

  /** Ends without a word to the client. */
  void abandon(String reason) {
    end(Outcome.ABORTED, reason);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
    if (!datagram.sender().equals(peer)) {
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
    if (block == agreement.lastBlock()) {
      block++;
      end(Outcome.DONE, "");
    } else {
      sendBlock(block + 1);
    }
  }

  private void brokenOff(Failure failure) {
    if (block == 0 && agreement.tellsSize()) {
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
    reader.block(number).whenComplete((octets, failure) -> send(number, octets, failure));
  }

  /** What was read in another thread failed inside that one's own exceptions. */
  private static String reason(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    return cause == null ? "" : ": " + KilnException.reason((IOException) cause);
  }

  private void send(long number, @Nullable ByteBuffer octets, @Nullable Throwable failure) {
    if (over) {
      return;
    }
    if (octets == null) {
      transmit(TftpEncoder.error(TftpError.NOT_DEFINED, "the file cannot be read"));
      end(Outcome.FAILED, "the file cannot be read" + reason(failure));
    } else {
      transmit(TftpEncoder.data(socket.alloc(), number, octets));
    }
  }

  private void transmit(ByteBuf fresh) {
    packet = fresh;
    write();
    timer.start();
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
        .writeAndFlush(new DatagramPacket(packet.retainedDuplicate(), peer))
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
    reader.close();
    socket.close().addListener(FIRE_EXCEPTION_ON_FAILURE);
    long octets = Math.min(agreement.size(), Math.max(0, block - 1) * agreement.blockSize());
    Duration took = Duration.ofNanos(nanoTime.getAsLong() - startedAt);
    listener.ended(new TransferEnd(outcome, octets, took, repeated, reason));
  }
}
