package dev.kiln.bootserver.http;

import dev.kiln.failure.KilnException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP server, with a bound on everything that a client can make it hold. */
public final class BootHttpServer {
  private static final int MAX_LINE = 2_048;
  private static final int MAX_HEADERS = 8 * 1024;

  private final AtomicInteger connections = new AtomicInteger();
  private final HttpServer server;

  private BootHttpServer(Vertx vertx, HttpEndpoint endpoint, HttpParts parts) {
    this.server =
        vertx
            .createHttpServer(options(endpoint))
            .connectionHandler(
                connection -> {
                  connection.closeHandler(closed -> connections.decrementAndGet());
                  if (connections.incrementAndGet() > endpoint.maxConnections()) {
                    connection.close();
                  }
                })
            .requestHandler(Routes.of(vertx, parts));
    parts.meters().gauge("kiln.http.connections", connections);
  }

  /** Starts it; fails with words where the address cannot be taken. */
  public static Future<BootHttpServer> start(Vertx vertx, HttpEndpoint endpoint, HttpParts parts) {
    BootHttpServer starting = new BootHttpServer(vertx, endpoint, parts);
    return starting
        .server
        .listen(endpoint.port(), endpoint.address())
        .map(starting)
        .recover(failure -> Future.failedFuture(cannotListen(endpoint, failure)));
  }

  private static KilnException cannotListen(HttpEndpoint endpoint, Throwable failure) {
    return new KilnException(
        KilnException.Kind.IO,
        "cannot serve HTTP on "
            + endpoint.address()
            + ":"
            + endpoint.port()
            + ": "
            + failure.getMessage(),
        "See with 'ss -ltnp' what has the port, or set 'http: port'",
        failure);
  }

  public int port() {
    return server.actualPort();
  }

  /** Takes no more connections, and closes those there are. */
  public Future<Void> close() {
    return server.close();
  }

  private static HttpServerOptions options(HttpEndpoint endpoint) {
    return new HttpServerOptions()
        .setMaxInitialLineLength(MAX_LINE)
        .setMaxHeaderSize(MAX_HEADERS)
        .setIdleTimeout((int) endpoint.idle().toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setAcceptBacklog(1_024)
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(false)
        .setCompressionSupported(false)
        .setTcpNoDelay(true);
  }
}
