package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.Asker;
import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.boot.BootRequest;
import dev.kiln.bootserver.boot.ClientArchitecture;
import dev.kiln.bootserver.document.BootSnapshot;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.Values;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.SerialNumber;
import dev.kiln.bootserver.machine.SystemUuid;
import dev.kiln.bootserver.net.MacAddress;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The boot script of one machine. What it says of itself is never believed, and remembered only
 * where that takes nothing away from a machine that has a file.
 */
final class BootScriptHandler implements Handler<RoutingContext> {
  private final HttpParts parts;

  BootScriptHandler(HttpParts parts) {
    this.parts = parts;
  }

  @Override
  public void handle(RoutingContext context) {
    Optional<BootRequest> request = request(context);
    if (request.isEmpty()) {
      PlainText.send(
          context, 400, "Say who asks: /ipxe?mac=52-54-00-12-34-56, and uuid= and serial=.");
      return;
    }
    BootSnapshot current = parts.current().get();
    BootPlan plan = current.assign().assign(request.get());
    remember(request.get().claims(), current, plan);
    PlainText.script(context, 200, script(current, plan));
  }

  private static String script(BootSnapshot current, BootPlan plan) {
    return plan instanceof BootPlan.Boot boot
        ? current.documents().script(boot)
        : current.documents().script(new BootPlan.Wait(plan.why()));
  }

  /** The answer does not wait for it: what a machine boots depends on nobody's memory. */
  private void remember(Claims claims, BootSnapshot current, BootPlan plan) {
    CompletionStage<Claims> remembered =
        parts
            .registry()
            .seen(claims, parts.requests().clock().instant(), current.assign()::recognizes);
    if (plan instanceof BootPlan.Boot boot) {
      // At once: before what the script loads.
      parts
          .requests()
          .of(
              claims.mac(),
              Step.BOOT_SCRIPT,
              Values.of(Field.IMAGE, boot.image().name()).and(Field.GROUP, boot.group().id()));
    } else {
      remembered
          // What cannot be written cannot be contradicted either.
          .exceptionally(failure -> claims)
          .thenAccept(kept -> sayWhy(claims, plan, !claims.orElse(kept).equals(kept)));
    }
  }

  /** Claims that were not remembered may be anybody's: the machine itself does not wait. */
  private void sayWhy(Claims claims, BootPlan plan, boolean refused) {
    Values why = Values.of(Field.WHY, plan.why());
    if (refused) {
      parts.requests().claimed(claims.mac(), Step.CONTRADICTION, why);
    } else {
      parts.requests().of(claims.mac(), Step.WAITING, why);
    }
  }

  private Optional<BootRequest> request(RoutingContext context) {
    try {
      MultiMap said = context.request().params();
      return MacAddress.claimed(said.get("mac"))
          .map(
              mac ->
                  new BootRequest(
                      new Claims(
                          mac,
                          SystemUuid.claimed(said(said, "uuid")),
                          SerialNumber.claimed(said(said, "serial"))),
                      Asker.SCRIPT,
                      ClientArchitecture.ofIpxe(said(said, "platform"), said(said, "arch")).stream()
                          .toList(),
                      Set.of(BootRequest.Feature.HTTP),
                      parts.subnet()));
    } catch (IllegalArgumentException e) {
      // A per cent sign without two hexadecimal digits.
      return Optional.empty();
    }
  }

  private static String said(MultiMap parameters, String name) {
    String value = parameters.get(name);
    return value == null ? "" : value;
  }
}
