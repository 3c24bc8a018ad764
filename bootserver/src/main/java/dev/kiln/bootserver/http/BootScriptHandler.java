package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.AssignBoot;
import dev.kiln.bootserver.boot.Assignment;
import dev.kiln.bootserver.boot.BootDocuments;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.machine.MachineRegistry;
import dev.kiln.bootserver.machine.SerialNumber;
import dev.kiln.bootserver.machine.SystemUuid;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * The boot script of one machine. What it says of itself is never believed, and remembered only
 * where that takes nothing away from a machine that has a file.
 */
final class BootScriptHandler implements Handler<RoutingContext> {
  private final AssignBoot assign;
  private final BootDocuments documents;
  private final MachineRegistry registry;
  private final RequestLog requests;

  BootScriptHandler(HttpParts parts) {
    this.assign = parts.assign();
    this.documents = parts.documents();
    this.registry = parts.registry();
    this.requests = parts.requests();
  }

  @Override
  public void handle(RoutingContext context) {
    Optional<Claims> claims = claims(context);
    if (claims.isEmpty()) {
      PlainText.send(
          context, 400, "Say who asks: /ipxe?mac=52-54-00-12-34-56, and uuid= and serial=.");
      return;
    }
    Claims kept = registry.seen(claims.get(), requests.clock().instant(), assign::recognizes);
    Assignment assignment = assign.assign(claims.get());
    record(assignment, !claims.get().orElse(kept).equals(kept));
    PlainText.script(context, 200, documents.script(assignment));
  }

  /** Claims that were not remembered may be anybody's: the machine itself does not wait. */
  private void record(Assignment assignment, boolean refused) {
    if (assignment instanceof Assignment.Boots boots) {
      requests.of(
          boots.mac(),
          Step.BOOT_SCRIPT,
          "image " + boots.image().name() + " for group " + boots.group().id());
    } else if (assignment instanceof Assignment.Waits waits && refused) {
      requests.onceClaimed(waits.mac(), Step.CONTRADICTION, waits.reason());
    } else if (assignment instanceof Assignment.Waits waits) {
      requests.once(waits.mac(), Step.WAITING, waits.reason());
    }
  }

  private static Optional<Claims> claims(RoutingContext context) {
    try {
      MultiMap said = context.request().params();
      return MacAddress.claimed(said.get("mac"))
          .map(
              mac ->
                  new Claims(
                      mac,
                      SystemUuid.claimed(said(said, "uuid")),
                      SerialNumber.claimed(said(said, "serial"))));
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
