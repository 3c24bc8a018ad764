package dev.kiln.bootserver.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The last word on a connection: what is wrong, in one line, before it is closed. */
final class Refusal {
  private Refusal() {}

  /** Answers a request that no route has answered yet, and closes its connection. */
  static Future<Void> send(HttpServerRequest request, int status, String line) {
    HttpServerResponse response = request.response();
    return response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(line + "\n")
        .onComplete(sent -> request.connection().close());
  }

  /** The same as octets, for where there is no request yet that could be answered. */
  static String onTheWire(String status, String line) {
    return String.join(
        "\r\n",
        "HTTP/1.1 " + status,
        "content-type: text/plain; charset=utf-8",
        "cache-control: no-store",
        "connection: close",
        "content-length: " + (line.length() + 1),
        "",
        line + "\n");
  }
}
