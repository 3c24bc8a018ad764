package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.KeptLoaders;
import dev.kiln.bootserver.document.BootSnapshot;
import dev.kiln.bootserver.health.Readiness;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.machine.MachineRegistry;
import dev.kiln.bootserver.net.MacResolver;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;

/**
 * What the handlers work with.
 *
 * @param current machines, groups and images as they are now
 * @param subnet whose machines ask here
 * @param loaders boot programs
 * @param machines says whose an address is
 */
public record HttpParts(
    Supplier<BootSnapshot> current,
    SubnetId subnet,
    KeptLoaders loaders,
    MacResolver machines,
    MachineRegistry registry,
    RequestLog requests,
    Readiness readiness,
    PrometheusMeterRegistry meters) {}
