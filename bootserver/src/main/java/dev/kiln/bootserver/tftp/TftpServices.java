package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.net.MacResolver;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/**
 * What a TFTP server works with.
 *
 * @param machines says whose timeline a request belongs to
 */
public record TftpServices(
    FileSource source,
    EventLog events,
    MacResolver machines,
    MeterRegistry meters,
    InstantSource clock) {}
