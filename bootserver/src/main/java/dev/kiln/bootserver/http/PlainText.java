package dev.kiln.bootserver.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** A short answer for a person or a boot loader: one line of text that nobody may keep. */
final class PlainText {
  private PlainText() {}

  static void send(RoutingContext context, int status, String line) {
    script(context, status, line + "\n");
  }

  /** A whole text, as it is. */
  static void script(RoutingContext context, int status, String text) {
    if (context.response().ended()) {
      return;
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(text);
  }

  /** Not now: cloud-init and iPXE ask again after so many seconds. */
  static void later(RoutingContext context, int seconds, String line) {
    context.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
    send(context, 503, line);
  }
}
