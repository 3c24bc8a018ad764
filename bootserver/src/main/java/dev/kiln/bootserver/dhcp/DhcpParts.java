package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.boot.BootRequest;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.Leases;
import dev.kiln.bootserver.net.AddressProbe;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What answers are made with.
 *
 * @param assign decides what a machine boots
 * @param addresses where it finds that
 * @param room says when the pool is exhausted
 * @param probe asks whether an address is in use
 * @param loop runs everything that touches the pool
 */
record DhcpParts(
    DhcpSettings settings,
    Leases leases,
    AddressPool pool,
    Function<BootRequest, BootPlan> assign,
    BootAddresses addresses,
    PoolRoom room,
    AddressProbe probe,
    Executor loop,
    InstantSource clock) {}
