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
  private static final int MAX_CONNECTIONS = 4_096;
  private static final int MAX_LINE = 2_048;
  private static final int MAX_HEADERS = 8 * 1024;
  private static final int IDLE_SECONDS = 60;

  private final AtomicInteger connections = new AtomicInteger();
  private final HttpServer server;

  private BootHttpServer(Vertx vertx, HttpParts parts) {
    this.server =
        vertx
            .createHttpServer(options())
            .connectionHandler(
                connection -> {
                  connection.closeHandler(closed -> connections.decrementAndGet());
                  if (connections.incrementAndGet() > MAX_CONNECTIONS) {
                    connection.close();
                  }
                })
            .requestHandler(Routes.of(vertx, parts));
    parts.meters().gauge("kiln.http.connections", connections);
  }

  /** Starts it; fails with words where the address cannot be taken. */
  public static Future<BootHttpServer> start(
      Vertx vertx, HttpParts parts, String address, int port) {
    BootHttpServer starting = new BootHttpServer(vertx, parts);
    return starting
        .server
        .listen(port, address)
        .map(starting)
        .recover(
            failure ->
                Future.failedFuture(
                    new KilnException(
                        KilnException.Kind.IO,
                        "cannot serve HTTP on "
                            + address
                            + ":"
                            + port
                            + ": "
                            + failure.getMessage(),
                        "Stop what uses the port, or set 'http: port'",
                        failure)));
  }

  public int port() {
    return server.actualPort();
  }

  /** Takes no more connections, and closes those there are. */
  public Future<Void> close() {
    return server.close();
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setMaxInitialLineLength(MAX_LINE)
        .setMaxHeaderSize(MAX_HEADERS)
        .setIdleTimeout(IDLE_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setAcceptBacklog(1_024)
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(false)
        .setCompressionSupported(false)
        .setTcpNoDelay(true);
  }
}
