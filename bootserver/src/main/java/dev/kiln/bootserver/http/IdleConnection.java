package dev.kiln.bootserver.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which nothing moves. A slow client that still takes bytes of a large file
 * is not idle: so what counts is that bytes leave, not that a whole piece of the file has left,
 * which is how Vert.x's own time-out counts.
 */
final class IdleConnection extends IdleStateHandler {
  /**
   * Octets that the kernel takes ahead of the client. It may keep several megabytes, and would say
   * nothing of a slow client's progress until a third of them are gone (tcp(7)).
   */
  private static final long AHEAD = 128 * 1024;

  private IdleConnection(Duration half) {
    super(true, 0, 0, half.toMillis(), TimeUnit.MILLISECONDS);
  }

  static void closeAfter(Duration idle, HttpConnection connection) {
    Channel channel = ((ConnectionBase) connection).channel();
    if (channel instanceof EpollSocketChannel) {
      channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, AHEAD);
    }
    channel.pipeline().addFirst(new IdleConnection(idle.dividedBy(2)));
  }

  /** The first time only what has left so far is noted: nothing was seen to stand still yet. */
  @Override
  protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) throws Exception {
    if (!event.isFirst()) {
      // Vert.x closes the connection.
      super.channelIdle(context, event);
    }
  }
}
