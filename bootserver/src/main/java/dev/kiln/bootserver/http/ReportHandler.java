package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.Values;
import dev.kiln.bootserver.net.MacAddress;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * What a machine reports of its own boot. Anybody on the network can write it, so the timeline
 * calls it claimed, and it is bounded in size and rate.
 */
final class ReportHandler implements Handler<RoutingContext> {
  private final HttpParts parts;
  private final RequestLog requests;
  private final Clients clients;

  ReportHandler(HttpParts parts, Clients clients) {
    this.parts = parts;
    this.requests = parts.requests();
    this.clients = clients;
  }

  @Override
  public void handle(RoutingContext context) {
    Optional<MacAddress> mac =
        RunningSystem.of(context).filter(this::isApproved).map(RunningSystem::mac);
    if (mac.isEmpty()) {
      PlainText.send(context, 404, "No machine that boots here has this name and this address.");
      return;
    }
    if (!isAdmitted(context, mac.get())) {
      context.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
      PlainText.send(context, 429, "Too many reports.");
      return;
    }
    Buffer body = context.body().buffer();
    Optional<Report> report = body == null ? Optional.empty() : Report.parse(body.getBytes());
    if (report.isEmpty()) {
      PlainText.send(
          context, 400, "A report is JSON: {\"name\", \"event_type\", \"description\", …}.");
      return;
    }
    record(mac.get(), report.get());
    context.response().setStatusCode(204).end();
  }

  private boolean isAdmitted(RoutingContext context, MacAddress card) {
    return clients
        .of(context.request())
        .map(Client::sender)
        .filter(
            sender ->
                clients.admitsReport(
                    sender,
                    card,
                    parts.machines().resolve(sender).filter(card::equals).isPresent()))
        .isPresent();
  }

  private boolean isApproved(RunningSystem system) {
    return system.plan(parts.current().get()) instanceof BootPlan.Configure;
  }

  private void record(MacAddress mac, Report report) {
    requests.claimed(mac, report.step(), report.values());
    if (report.finishesBoot()) {
      requests.claimed(mac, report.failed() ? Step.FAILED : Step.UP, Values.NONE);
    }
  }
}
