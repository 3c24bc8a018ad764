package dev.kiln.bootserver.lease;

import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.node.facts.Hostname;
import java.util.Optional;

/**
 * What one machine always gets.
 *
 * @param address its address, for nobody else
 * @param hostName its name in option 12
 */
public record Reservation(Ipv4Address address, Optional<Hostname> hostName) {}
