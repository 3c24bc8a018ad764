package dev.kiln.bootserver.http;

import dev.kiln.bootserver.admission.ServedNetworks;

/**
 * Where HTTP is served, and to whom.
 *
 * @param port 0 lets the system choose one
 * @param listeners event loops that answer, 1 or more
 * @param served the networks of the machines that boot here; others get answers too, but cannot
 *     take the connections of these
 */
public record HttpEndpoint(
    String address, int port, int listeners, ServedNetworks served, HttpLimits limits) {}
