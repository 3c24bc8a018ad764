package dev.kiln.bootserver.http;

import dev.kiln.failure.KilnException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;

/**
 * The HTTP server: one listener on each of several event loops, all on one port, with a bound on
 * everything that a client can make it hold.
 */
public final class BootHttpServer {
  private static final int MAX_LINE = 2_048;
  private static final int MAX_HEADERS = 8 * 1024;

  /** To Vert.x, a port that the system chooses, and that several listeners share. */
  private static final int ANY_PORT_SHARED = -1;

  private final Vertx vertx;
  private final HttpEndpoint endpoint;
  private final Clients clients;
  private final AnswerRequest answer;
  private Future<String> deployed = Future.failedFuture("not started");
  private volatile int port;

  private BootHttpServer(Vertx vertx, HttpEndpoint endpoint, HttpParts parts) {
    this.vertx = vertx;
    this.endpoint = endpoint;
    this.clients = new Clients(vertx, endpoint.served(), endpoint.limits());
    HttpMetrics metrics = new HttpMetrics(parts.meters(), clients::count);
    Router router = Routes.of(vertx, parts, clients, metrics);
    this.answer = new AnswerRequest(clients, router, metrics);
  }

  /** Starts it; fails with words where the address cannot be taken. */
  public static Future<BootHttpServer> start(Vertx vertx, HttpEndpoint endpoint, HttpParts parts) {
    return new BootHttpServer(vertx, endpoint, parts).start();
  }

  private Future<BootHttpServer> start() {
    DeploymentOptions onEach = new DeploymentOptions().setInstances(endpoint.listeners());
    deployed = vertx.deployVerticle(Listener::new, onEach);
    return deployed.map(this).recover(failure -> Future.failedFuture(cannotListen(failure)));
  }

  /** The listener of one event loop. */
  private final class Listener extends VerticleBase {
    @Override
    public Future<?> start() {
      HttpServer server =
          vertx
              .createHttpServer(options())
              .connectionHandler(clients::connected)
              .invalidRequestHandler(answer::handleInvalid)
              .requestHandler(answer::handle);
      int wanted = endpoint.port() == 0 ? ANY_PORT_SHARED : endpoint.port();
      return server
          .listen(wanted, endpoint.address())
          .onSuccess(listening -> port = listening.actualPort());
    }
  }

  private KilnException cannotListen(Throwable failure) {
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
    return port;
  }

  /** Takes no more connections, and closes those there are. */
  public Future<Void> close() {
    return deployed.compose(vertx::undeploy);
  }

  private static HttpServerOptions options() {
    // Vert.x's own idle time-out would cut off a slow client: see IdleConnection.
    return new HttpServerOptions()
        .setMaxInitialLineLength(MAX_LINE)
        .setMaxHeaderSize(MAX_HEADERS)
        .setAcceptBacklog(1_024)
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(false)
        .setCompressionSupported(false)
        .setTcpNoDelay(true);
  }
}
