package dev.kiln.bootserver.http;

import dev.kiln.bootserver.health.Breakdown;
import dev.kiln.failure.Shown;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A handler failed: that is a defect, which the log must show and the client need not see. */
final class DefectHandler implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(DefectHandler.class);

  /** Characters of a failure, which may hold what a client sent. */
  private static final int LONGEST = 300;

  @Override
  public void handle(RoutingContext context) {
    Throwable failure = context.failure();
    Breakdown.reportIfError(failure);
    LOG.error(
        "{} {} failed: {}",
        context.request().method(),
        Shown.of(context.normalizedPath()),
        Shown.of(failure + "", LONGEST));
    LOG.debug("This is where:", failure);
    PlainText.send(context, 500, "The boot server failed. Its log says why.");
  }
}
