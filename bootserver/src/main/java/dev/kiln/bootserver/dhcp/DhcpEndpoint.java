package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.net.Ipv4Address;
import java.util.regex.Pattern;

/**
 * Where DHCP is spoken.
 *
 * @param interfaceName the one network interface, as {@code eth0}
 * @param address this server's own address there: its identifier (option 54) and the TFTP server
 * @param serverPort where requests arrive, 67 outside tests
 * @param clientPort where clients listen, 68 outside tests
 */
public record DhcpEndpoint(
    String interfaceName, Ipv4Address address, int serverPort, int clientPort) {
  // Linux: IFNAMSIZ is 16 with the NUL; no slash, no white space.
  private static final Pattern INTERFACE = Pattern.compile("[^\\s/\\x00]{1,15}");

  public DhcpEndpoint {
    if (!INTERFACE.matcher(interfaceName).matches()) {
      throw new IllegalArgumentException(
          "a network interface has a name of 1 to 15 characters as 'ip link' shows it, not '"
              + interfaceName
              + "'");
    }
    if (address.equals(Ipv4Address.NONE) || address.equals(Ipv4Address.BROADCAST)) {
      throw new IllegalArgumentException(
          "the server's address is the one it has on " + interfaceName + ", not " + address);
    }
    refuseUnlessPort(serverPort);
    refuseUnlessPort(clientPort);
  }

  /** The ports of RFC 2131 §4.1. */
  public static DhcpEndpoint of(String interfaceName, Ipv4Address address) {
    return new DhcpEndpoint(interfaceName, address, 67, 68);
  }

  private static void refuseUnlessPort(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + port);
    }
  }
}
