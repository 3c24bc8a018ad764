package dev.kiln.bootserver.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A handler failed: that is a defect, which the log must show and the client need not see. */
final class DefectHandler implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(DefectHandler.class);

  @Override
  public void handle(RoutingContext context) {
    Throwable failure = context.failure();
    LOG.error(
        "{} {} failed: {}", context.request().method(), context.normalizedPath(), failure + "");
    LOG.debug("This is where:", failure);
    PlainText.send(context, 500, "The boot server failed. Its log says why.");
  }
}
