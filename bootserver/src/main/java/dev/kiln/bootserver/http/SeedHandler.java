package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.document.BootDocuments;
import dev.kiln.bootserver.document.BootSnapshot;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.Values;
import dev.kiln.node.nocloud.Seed;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/**
 * A machine's NoCloud seed. Who may not boot gets 503 with Retry-After, on which cloud-init asks
 * again; a 404 would be taken for an answer.
 */
final class SeedHandler implements Handler<RoutingContext> {
  private static final Set<String> DOCUMENTS =
      Set.of("meta-data", "user-data", "vendor-data", "network-config");

  private final HttpParts parts;

  SeedHandler(HttpParts parts) {
    this.parts = parts;
  }

  @Override
  public void handle(RoutingContext context) {
    String document = context.pathParam("document");
    Optional<RunningSystem> system = RunningSystem.of(context);
    if (system.isEmpty() || !DOCUMENTS.contains(document)) {
      PlainText.send(context, 404, "There is no such document.");
      return;
    }
    BootSnapshot current = parts.current().get();
    BootPlan plan = system.get().plan(current);
    if (plan instanceof BootPlan.Configure running) {
      parts.requests().of(running.mac(), Step.NOCLOUD, Values.of(Field.DOCUMENT, document));
      send(context, content(document, running, current.documents()));
    } else {
      parts
          .requests()
          .of(
              system.get().mac(),
              Step.WAITING,
              Values.of(Field.DOCUMENT, document).and(Field.WHY, plan.why()));
      PlainText.later(context, BootDocuments.RETRY_SECONDS, "Not yet: " + plan.why() + ".");
    }
  }

  private static byte[] content(
      String document, BootPlan.Configure running, BootDocuments documents) {
    return switch (document) {
      case "meta-data" -> Seed.metaData(documents.facts(running));
      case "user-data" -> Seed.userData(documents.facts(running), running.group().cloudConfig());
      case "vendor-data" -> Seed.vendorData();
      default -> Seed.networkConfig(running.mac().toString());
    };
  }

  private static void send(RoutingContext context, byte[] content) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(Buffer.buffer(content));
  }
}
