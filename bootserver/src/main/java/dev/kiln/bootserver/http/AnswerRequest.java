package dev.kiln.bootserver.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.Optional;

/** What becomes of a request before it finds its route: who asks too often is told to wait. */
final class AnswerRequest {
  private static final int RETRY_SECONDS = 5;

  private final Clients clients;
  private final Router router;
  private final HttpMetrics metrics;

  AnswerRequest(Clients clients, Router router, HttpMetrics metrics) {
    this.clients = clients;
    this.router = router;
    this.metrics = metrics;
  }

  void handle(HttpServerRequest request) {
    Optional<Client> client = clients.of(request);
    if (client.isEmpty()) {
      request.connection().close();
      return;
    }
    client.get().asks(request);
    if (clients.admits(client.get())) {
      router.handle(request);
    } else {
      request.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_SECONDS));
      refuse(request, "busy", 503, "Too many requests or connections. Come again later.");
    }
  }

  /** What is no request that could be read. */
  void handleInvalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      refuse(request, "malformed", 414, "A request line has at most 2048 bytes.");
    } else if (cause instanceof TooLongHttpHeaderException) {
      refuse(request, "malformed", 431, "The headers of a request have at most 8192 bytes.");
    } else {
      refuse(request, "malformed", 400, "This is no HTTP request.");
    }
  }

  private void refuse(HttpServerRequest request, String route, int status, String line) {
    Refusal.send(request, status, line)
        .onComplete(sent -> metrics.answered(route, request.response()));
  }
}
