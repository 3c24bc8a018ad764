package dev.kiln.bootserver.http;

import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.Values;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** The script that every iPXE gets first. */
final class IdentifyHandler implements Handler<RoutingContext> {
  private final HttpParts parts;

  IdentifyHandler(HttpParts parts) {
    this.parts = parts;
  }

  @Override
  public void handle(RoutingContext context) {
    parts.requests().by(context, Step.IPXE_STARTED, Values.NONE);
    PlainText.script(context, 200, parts.current().get().documents().identify());
  }
}
