package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.codec.DhcpEncoder;
import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
import dev.kiln.bootserver.health.Breakdown;
import dev.kiln.failure.KilnException;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has queries answered, so many at one time, and sends, counts and records what comes of it. */
final class ServeQueries {
  private static final Logger log = LoggerFactory.getLogger(ServeQueries.class);

  /** Requests that wait for the durable record; beyond, clients ask again later. */
  private static final int MAX_WAITING = 1000;

  private final AnswerDhcp answers;
  private final Replies replies;
  private final Sight sight;
  private int waiting;

  /**
   * By what the service is seen.
   *
   * @param endpoint where replies go
   * @param loop runs all of it
   */
  record Sight(
      DhcpEndpoint endpoint,
      DhcpTimeline timeline,
      DhcpMetrics metrics,
      Executor loop,
      InstantSource clock) {}

  ServeQueries(AnswerDhcp answers, Replies replies, Sight sight) {
    this.answers = answers;
    this.replies = replies;
    this.sight = sight;
  }

  void serve(Query query) {
    if (waiting >= MAX_WAITING) {
      sight.metrics().countDropped("busy");
      return;
    }
    Instant asked = sight.clock().instant();
    CompletionStage<Answer> answer = answers.answer(query);
    waiting++;
    answer
        .thenAcceptAsync(done -> finish(query, asked, done), sight.loop())
        .whenCompleteAsync(
            (done, failure) -> {
              waiting--;
              if (failure != null) {
                fail(query.packet(), failure);
              }
            },
            sight.loop());
  }

  private void finish(Query query, Instant asked, Answer answer) {
    sight.timeline().record(query, asked, answer, sight.clock().instant());
    if (answer instanceof Answer.Silence silence) {
      sight.metrics().countDropped(silence.reason());
    }
    if (answer instanceof Answer.Reply reply) {
      DhcpPacket packet = reply.packet();
      sight.metrics().count(packet.type());
      replies
          .send(
              new DatagramPacket(
                  Unpooled.wrappedBuffer(DhcpEncoder.encode(packet)),
                  ReplyAddress.of(packet, sight.endpoint())))
          .addListener(sent -> noteSent(query.packet(), sent));
    }
  }

  private void noteSent(DhcpPacket request, Future<?> sent) {
    if (!sent.isSuccess()) {
      Breakdown.reportIfError(sent.cause());
      sight.metrics().countDropped("send");
      log.warn("the reply to {} could not be sent", request.client(), sent.cause());
    }
  }

  private void fail(DhcpPacket request, Throwable failure) {
    Breakdown.reportIfError(failure);
    sight.metrics().countDropped("failed");
    if (failure instanceof KilnException || failure.getCause() instanceof KilnException) {
      // The record says itself, once, what is wrong with it.
      log.debug("{} got no answer to its {}", request.client(), request.type(), failure);
    } else {
      log.error("{} got no answer to its {}", request.client(), request.type(), failure);
    }
  }
}
