package dev.kiln.bootserver.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;

/**
 * Ends a connection whose client has not sent the whole head of a request in time. Who has begun
 * one is told so, 408 (RFC 9110 section 15.5.9); who has not waits for nothing, and would take the
 * words for the answer to a request that it sends in this very moment.
 */
final class LateHead extends ChannelInboundHandlerAdapter {
  private static final String WORDS =
      Refusal.onTheWire("408 Request Timeout", "The head of a request must be there sooner.");

  private final Channel channel;
  private boolean begun;

  private LateHead(Channel channel) {
    this.channel = channel;
  }

  /** Sees all that the client sends, from now on. */
  static LateHead on(HttpConnection connection) {
    Channel channel = ((ConnectionBase) connection).channel();
    LateHead head = new LateHead(channel);
    channel.pipeline().addFirst(head);
    return head;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object octets) {
    begun = true;
    context.fireChannelRead(octets);
  }

  /** All that was asked is answered: what comes now begins another request. */
  void answered() {
    begun = false;
  }

  void end() {
    if (begun) {
      // From the first handler on, past those that write answers to requests.
      channel
          .pipeline()
          .context(this)
          .writeAndFlush(Unpooled.copiedBuffer(WORDS, StandardCharsets.US_ASCII))
          .addListener(ChannelFutureListener.CLOSE);
    } else {
      channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
  }
}
