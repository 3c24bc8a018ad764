package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.codec.DhcpDecoder;
import dev.kiln.bootserver.dhcp.codec.DhcpEncoder;
import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
import dev.kiln.bootserver.net.Arrival;
import dev.kiln.bootserver.net.MalformedPacketException;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes datagrams from the socket, has them answered, and sends the replies. */
final class DhcpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger log = LoggerFactory.getLogger(DhcpHandler.class);

  /** Requests that wait for the durable record; beyond, clients ask again later. */
  private static final int MAX_WAITING = 1000;

  private final DhcpSettings settings;
  private final AnswerDhcp answers;
  private final DhcpTimeline timeline;
  private final DhcpMetrics metrics;
  private final InstantSource clock;
  private int waiting;

  DhcpHandler(
      DhcpSettings settings,
      AnswerDhcp answers,
      DhcpTimeline timeline,
      DhcpMetrics metrics,
      InstantSource clock) {
    this.settings = settings;
    this.answers = answers;
    this.timeline = timeline;
    this.metrics = metrics;
    this.clock = clock;
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
      answer(context, new Query(packet, arrival(datagram)));
    } catch (MalformedPacketException e) {
      metrics.countDropped("malformed-" + e.reason());
      log.debug("dropped a packet from {}: {}", datagram.sender(), e.reason());
    }
  }

  private Arrival arrival(DatagramPacket datagram) {
    return new Arrival(
        settings.endpoint().interfaceName(), settings.subnet().server(), datagram.sender());
  }

  private void answer(ChannelHandlerContext context, Query query) {
    if (waiting >= MAX_WAITING) {
      metrics.countDropped("busy");
      return;
    }
    Instant asked = clock.instant();
    CompletionStage<Answer> answer = answers.answer(query);
    waiting++;
    answer
        .thenAcceptAsync(done -> finish(context, query, asked, done), context.executor())
        .whenCompleteAsync(
            (done, failure) -> {
              waiting--;
              if (failure != null) {
                fail(query.packet(), failure);
              }
            },
            context.executor());
  }

  private void finish(ChannelHandlerContext context, Query query, Instant asked, Answer answer) {
    timeline.record(query, asked, answer, clock.instant());
    if (answer instanceof Answer.Silence silence) {
      metrics.countDropped(silence.reason());
    }
    if (answer instanceof Answer.Reply reply) {
      DhcpPacket packet = reply.packet();
      metrics.count(packet.type());
      ChannelFuture sending =
          context.writeAndFlush(
              new DatagramPacket(
                  Unpooled.wrappedBuffer(DhcpEncoder.encode(packet)),
                  ReplyAddress.of(packet, settings.endpoint())));
      sending.addListener(sent -> noteSent(query.packet(), sent));
    }
  }

  private void noteSent(DhcpPacket request, Future<?> sent) {
    if (!sent.isSuccess()) {
      metrics.countDropped("send");
      log.warn("the reply to {} could not be sent", request.client(), sent.cause());
    }
  }

  private void fail(DhcpPacket request, Throwable failure) {
    metrics.countDropped("failed");
    log.error("{} got no answer to its {}", request.client(), request.type(), failure);
  }

  /** One packet, whatever it does, never ends the service. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    metrics.countDropped("failed");
    log.error("a DHCP packet could not be handled", cause);
  }
}
