package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.LoaderName;
import dev.kiln.bootserver.document.BootSnapshot;
import dev.kiln.bootserver.health.Readiness;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.machine.MachineRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the handlers work with.
 *
 * @param current machines, groups and images as they are now
 * @param subnet whose machines ask here
 * @param loaders boot programs by the name they are asked for
 */
public record HttpParts(
    Supplier<BootSnapshot> current,
    SubnetId subnet,
    Map<LoaderName, Path> loaders,
    MachineRegistry registry,
    RequestLog requests,
    Readiness readiness,
    PrometheusMeterRegistry meters) {
  public HttpParts {
    loaders = Map.copyOf(loaders);
  }
}
