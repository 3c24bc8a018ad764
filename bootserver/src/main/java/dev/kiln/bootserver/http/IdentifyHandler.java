package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.BootDocuments;
import dev.kiln.bootserver.event.Step;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** The script that every iPXE gets first. */
final class IdentifyHandler implements Handler<RoutingContext> {
  private final String script;
  private final RequestLog requests;

  IdentifyHandler(BootDocuments documents, RequestLog requests) {
    this.script = documents.identifyScript();
    this.requests = requests;
  }

  @Override
  public void handle(RoutingContext context) {
    requests.onceBy(context, Step.IPXE_STARTED, "iPXE runs and is asked who it is");
    PlainText.script(context, 200, script);
  }
}
