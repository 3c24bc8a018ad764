package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.boot.BootRequest;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.Leases;
import dev.kiln.bootserver.net.AddressProbe;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What a DHCP server works with.
 *
 * @param assign decides what a machine boots, by machines and images as they are now
 * @param addresses where it finds that
 */
public record DhcpServices(
    Leases leases,
    Function<BootRequest, BootPlan> assign,
    BootAddresses addresses,
    EventLog events,
    MeterRegistry meters,
    InstantSource clock) {
  DhcpParts parts(
      DhcpSettings settings, AddressPool pool, PoolRoom room, AddressProbe probe, Executor loop) {
    return new DhcpParts(settings, leases, pool, assign, addresses, room, probe, loop, clock);
  }
}
