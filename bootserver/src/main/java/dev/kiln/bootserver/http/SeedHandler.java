package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.AssignBoot;
import dev.kiln.bootserver.boot.Assignment;
import dev.kiln.bootserver.boot.BootDocuments;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.machine.MachineRegistry;
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

  private final AssignBoot assign;
  private final BootDocuments documents;
  private final MachineRegistry registry;
  private final RequestLog requests;

  SeedHandler(HttpParts parts) {
    this.assign = parts.assign();
    this.documents = parts.documents();
    this.registry = parts.registry();
    this.requests = parts.requests();
  }

  @Override
  public void handle(RoutingContext context) {
    String document = context.pathParam("document");
    Optional<MacAddress> mac = MacAddress.claimed(context.pathParam("mac"));
    if (mac.isEmpty() || !DOCUMENTS.contains(document)) {
      PlainText.send(context, 404, "There is no such document.");
      return;
    }
    Claims claims = registry.remembered(mac.get()).orElse(Claims.of(mac.get()));
    Assignment assignment = assign.assign(claims);
    if (assignment instanceof Assignment.Boots boots) {
      requests.of(mac.get(), Step.NOCLOUD, document);
      send(context, content(document, boots));
    } else if (assignment instanceof Assignment.Waits waits) {
      requests.once(mac.get(), Step.WAITING, waits.reason());
      PlainText.later(context, BootDocuments.RETRY_SECONDS, "Not yet: " + waits.reason() + ".");
    }
  }

  private byte[] content(String document, Assignment.Boots boots) {
    return switch (document) {
      case "meta-data" -> Seed.metaData(documents.facts(boots));
      case "user-data" -> Seed.userData(documents.facts(boots));
      case "vendor-data" -> Seed.vendorData();
      default -> Seed.networkConfig(boots.mac().toString());
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
