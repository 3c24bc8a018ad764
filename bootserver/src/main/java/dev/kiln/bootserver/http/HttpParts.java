package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.AssignBoot;
import dev.kiln.bootserver.boot.BootDocuments;
import dev.kiln.bootserver.boot.ImageCatalogue;
import dev.kiln.bootserver.health.Readiness;
import dev.kiln.bootserver.machine.MachineRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the handlers work with.
 *
 * @param loaders boot programs by the name they are asked for
 */
public record HttpParts(
    AssignBoot assign,
    BootDocuments documents,
    ImageCatalogue images,
    Map<String, Path> loaders,
    MachineRegistry registry,
    RequestLog requests,
    Readiness readiness,
    PrometheusMeterRegistry meters) {
  public HttpParts {
    loaders = Map.copyOf(loaders);
  }
}
