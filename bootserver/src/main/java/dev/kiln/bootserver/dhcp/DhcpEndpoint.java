package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.net.InterfaceName;

/**
 * Where DHCP is spoken.
 *
 * @param interfaceName the one network interface
 * @param serverPort where requests arrive, 67 outside tests
 * @param clientPort where clients listen, 68 outside tests
 */
public record DhcpEndpoint(InterfaceName interfaceName, int serverPort, int clientPort) {
  /** The ports of RFC 2131 §4.1. */
  public static DhcpEndpoint of(InterfaceName interfaceName) {
    return new DhcpEndpoint(interfaceName, 67, 68);
  }
}
