package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.lease.LeaseTime;
import dev.kiln.bootserver.lease.Subnet;

/**
 * All a DHCP server is told that does not change while it runs.
 *
 * @param endpoint where it listens
 * @param subnet the network it serves
 * @param leaseTime how long an address is given
 */
public record DhcpSettings(DhcpEndpoint endpoint, Subnet subnet, LeaseTime leaseTime) {}
