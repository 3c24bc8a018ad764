package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.document.BootSnapshot;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.file.Digest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Who a booted system says it is, by the path that its kernel arguments gave it: the machine's
 * name, the card it was booted from, the image it runs. All that is needed is in it, so that no
 * stranger can make this server forget a machine.
 *
 * @param image empty where the path needs none
 */
record RunningSystem(String machine, MacAddress mac, Optional<Digest> image) {
  private static final Digest NONE = Digest.of("no image is named");

  /** Reads it from the parts of a path; empty where it cannot be one. */
  static Optional<RunningSystem> of(RoutingContext context) {
    return MacAddress.claimed(context.pathParam("mac"))
        .flatMap(
            mac -> {
              String image = context.pathParam("image");
              try {
                return Optional.of(
                    new RunningSystem(
                        context.pathParam("machine"),
                        mac,
                        image == null ? Optional.empty() : Optional.of(new Digest(image))));
              } catch (IllegalArgumentException e) {
                return Optional.empty();
              }
            });
  }

  /** What it gets: to be configured, or to wait. */
  BootPlan plan(BootSnapshot current) {
    Optional<Machine> known = current.inventory().named(machine);
    return known.isPresent()
        ? current
            .assign()
            .configure(
                new Claims(mac, known.get().uuid(), known.get().serial()), image.orElse(NONE))
        : new BootPlan.Wait("no machine file names " + machine);
  }
}
