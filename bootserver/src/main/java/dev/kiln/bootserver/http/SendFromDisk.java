package dev.kiln.bootserver.http;

import io.netty.channel.ChannelFuture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Sends parts of files from a disk that may be slow. The kernel sends them (sendfile(2)), and would
 * keep the event loop waiting for each page that is not in memory yet, and with it all who are
 * served there. So a worker reads each piece before it is sent, and the next one meanwhile.
 */
final class SendFromDisk {
  private static final long PIECE = 1 << 20;

  private final RecentlyRead recent = new RecentlyRead(System::nanoTime);

  /** Sends a part of a file as the body of an answer, whose length is in its head. */
  Future<Void> send(RoutingContext context, Path path, long from, long length) {
    return blocking(context, () -> OpenFile.at(path, from, length))
        .compose(opened -> new Sending(context, path, opened, from + length).from(from));
  }

  private static <T> Future<T> blocking(RoutingContext context, Callable<T> work) {
    return context.vertx().executeBlocking(work, false);
  }

  /** One part of a file on its way. On one event loop alone. */
  private final class Sending {
    private final RoutingContext context;
    private final Path path;
    private final OpenFile file;
    private final long end;
    private final Promise<Void> done = Promise.promise();
    private Future<?> reading = Future.succeededFuture();

    private Sending(RoutingContext context, Path path, OpenFile file, long end) {
      this.context = context;
      this.path = path;
      this.file = file;
      this.end = end;
    }

    private Future<Void> from(long from) {
      reading = read(from);
      reading
          .compose(read -> context.response().writeHead())
          .onSuccess(written -> piece(from))
          .onFailure(done::fail);
      // Who closes a file waits for those who read it: a worker does, and when they are done.
      return done.future()
          .onComplete(sent -> reading.onComplete(read -> blocking(context, file::closed)));
    }

    /** The piece from there on is in memory, or cannot be read. */
    private void piece(long at) {
      if (reading.failed()) {
        done.fail(reading.cause());
      } else if (at == end) {
        Future.succeededFuture().compose(sent -> context.response().end()).onComplete(done);
      } else {
        long next = Math.min(at + PIECE, end);
        VertxConnection connection = (VertxConnection) context.request().connection();
        ChannelFuture sending = connection.sendFile(file.channel(), at, next - at);
        reading = read(next);
        sending.addListener(
            sent -> {
              if (sent.isSuccess()) {
                HttpMetrics.sent(context, next - at);
                reading.onComplete(read -> piece(next));
              } else {
                done.fail(sent.cause());
              }
            });
      }
    }

    private Future<?> read(long at) {
      return at == end || recent.has(path, at)
          ? Future.succeededFuture()
          : blocking(context, () -> readPiece(at));
    }

    private boolean readPiece(long at) throws IOException {
      file.intoMemory(at, Math.min(PIECE, end - at));
      recent.add(path, at);
      return true;
    }
  }
}
