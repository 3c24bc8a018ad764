package dev.kiln.bootserver.net;

import java.net.InetSocketAddress;

/**
 * How a datagram came.
 *
 * @param interfaceName the interface it came by
 * @param local the address it came to: this server's own, or a broadcast
 * @param sender who sent it, as far as a datagram can say that
 */
public record Arrival(InterfaceName interfaceName, IpAddress local, InetSocketAddress sender) {}
