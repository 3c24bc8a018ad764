package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
import dev.kiln.bootserver.net.Ipv4Address;
import java.nio.charset.StandardCharsets;

/**
 * Where a message came in, as far as somebody else than its client says so: the relay, and the
 * circuit and host that the relay or a switch names (RFC 3046 §3.1, §3.2). On a link without such a
 * switch all machines are one circuit: cards are made up there, and nothing else tells them apart.
 *
 * @param relay {@link Ipv4Address#NONE} on the server's own link
 * @param line at most two sub-options of 255 octets
 */
record Circuit(Ipv4Address relay, String line) {
  private static final int CIRCUIT_ID = 1;
  private static final int REMOTE_ID = 2;

  static Circuit of(DhcpPacket packet) {
    return new Circuit(
        packet.header().giaddr(),
        packet
            .options()
            .octets(DhcpOption.RELAY_AGENT_INFORMATION)
            .map(octets -> value(CIRCUIT_ID, octets) + "/" + value(REMOTE_ID, octets))
            .orElse(""));
  }

  /** The first sub-option of this code; what stands behind a broken one is not read. */
  private static String value(int code, byte[] octets) {
    for (int at = 0; at + 1 < octets.length; at += 2 + (octets[at + 1] & 0xff)) {
      int length = Math.min(octets[at + 1] & 0xff, octets.length - at - 2);
      if ((octets[at] & 0xff) == code) {
        return new String(octets, at + 2, length, StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }
}
