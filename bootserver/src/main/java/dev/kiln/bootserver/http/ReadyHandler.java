package dev.kiln.bootserver.http;

import dev.kiln.bootserver.health.Readiness;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;

/** Whether machines can boot now. */
final class ReadyHandler implements Handler<RoutingContext> {
  private final Readiness readiness;

  ReadyHandler(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public void handle(RoutingContext context) {
    List<String> missing = readiness.missing();
    if (missing.isEmpty()) {
      PlainText.send(context, 200, "ready" + broken(readiness.brokenFiles()));
    } else {
      PlainText.send(context, 503, "not ready: " + String.join(", ", missing));
    }
  }

  private static String broken(Collection<String> files) {
    return files.isEmpty()
        ? ""
        : "\nnot in force: " + String.join(", ", files) + " ('bootserver check' says why)";
  }
}
