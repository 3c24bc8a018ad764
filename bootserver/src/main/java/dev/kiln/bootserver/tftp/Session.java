package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.admission.Slots;
import dev.kiln.bootserver.health.Breakdown;
import dev.kiln.bootserver.tftp.TftpPacket.ReadRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One read request of one client, from its first packet to the end of its transfer. */
final class Session implements TransferListener {
  private static final Logger log = LoggerFactory.getLogger(Session.class);

  private final TftpContext context;
  private final ReadRequest request;
  private final Delivery delivery;
  private final Slots.Slot slot;
  private long askedAt = System.nanoTime();
  private Consumer<Session> whenOver = session -> {};
  private @Nullable Session former;
  private @Nullable Transfer transfer;
  private @Nullable String abandoned;
  private boolean over;

  /**
   * A session that does nothing yet.
   *
   * @param slot its place among the others, which it leaves at its end
   */
  Session(TftpContext context, ReadRequest request, Delivery delivery, Slots.Slot slot) {
    this.context = context;
    this.request = request;
    this.delivery = delivery;
    this.slot = slot;
  }

  InetSocketAddress peer() {
    return delivery.peer();
  }

  boolean isFor(ReadRequest again) {
    return request.equals(again);
  }

  /** Nanoseconds since its client asked. */
  long age() {
    return System.nanoTime() - askedAt;
  }

  boolean isYoungerThan(Duration age) {
    return age() < age.toNanos();
  }

  /** Whether the client has said anything since it asked. */
  boolean isAnswered() {
    return transfer != null && transfer.isAnswered();
  }

  boolean isOver() {
    return over;
  }

  /** The session that this one takes the place of, as soon as its client answers. */
  Optional<Session> former() {
    return Optional.ofNullable(former);
  }

  /**
   * The client, at the same port, asks for the same file from its beginning. Until it answers here,
   * that may be an old packet: so the former session goes on.
   */
  void follows(Session running) {
    former = running;
  }

  /** Starts; tells once that it is over. */
  void start(Consumer<Session> listener) {
    whenOver = listener;
    InetSocketAddress any = new InetSocketAddress(context.settings().address().toInet(), 0);
    ChannelFuture opening =
        context
            .loop()
            .open(
                any,
                Optional.empty(),
                TftpDecoder.MAX_PACKET + 1,
                new ChannelInboundHandlerAdapter());
    opening.addListener(
        opened -> {
          if (opened.isSuccess()) {
            transfer(opening.channel());
          } else {
            Breakdown.reportIfError(opened.cause());
            log.error("no socket can be opened to send a file by TFTP", opened.cause());
            context.metrics().countRequest("failed");
            end();
          }
        });
  }

  private void transfer(Channel socket) {
    Transfer started = new Transfer(socket, delivery, System::nanoTime, this);
    socket.pipeline().addLast(started);
    transfer = started;
    context.metrics().countRequest("started");
    context.timeline().started(peer(), request.file(), delivery.agreement());
    if (abandoned == null) {
      started.start();
    } else {
      started.abandon(abandoned);
    }
  }

  /** The client asks for the same again, and has answered nothing: its answer was lost. */
  void startAgain() {
    askedAt = System.nanoTime();
    if (transfer != null) {
      transfer.startAgain();
    }
  }

  /** Ends this session, and the one that it was to follow, without a word to the client. */
  void abandon(String reason) {
    former().ifPresent(running -> running.abandon(reason));
    giveUp(reason);
  }

  /** Ends this session alone, without a word to the client. */
  void giveUp(String reason) {
    abandoned = reason;
    if (transfer != null) {
      transfer.abandon(reason);
    }
  }

  @Override
  public void answered() {
    former().ifPresent(running -> running.giveUp("the client started again"));
    former = null;
  }

  @Override
  public void repeated() {
    context.metrics().countRepeated();
  }

  @Override
  public void dropped(String reason) {
    context.metrics().countDropped(reason);
  }

  @Override
  public void ended(TransferEnd end) {
    context.metrics().countEnd(end);
    context.timeline().ended(peer(), request.file(), end);
    end();
  }

  private void end() {
    over = true;
    slot.close();
    whenOver.accept(this);
  }
}
