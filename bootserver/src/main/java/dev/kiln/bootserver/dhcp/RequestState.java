package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
import dev.kiln.bootserver.net.Ipv4Address;

/** What a client means by DHCPREQUEST: RFC 2131 §4.3.2, by the fields of its table 4. */
enum RequestState {
  /** It takes one server's offer. */
  SELECTING,
  /** It started again and would like its old address. */
  INIT_REBOOT,
  /** It asks the server that gave it its address, and that one alone, to keep it. */
  RENEWING,
  /** It asks every server to keep its address. */
  REBINDING,
  /** No state of a client looks so. */
  UNCLEAR;

  static RequestState of(Query query) {
    DhcpPacket request = query.packet();
    if (request.options().has(DhcpOption.REQUESTED_ADDRESS)) {
      return request.options().has(DhcpOption.SERVER_IDENTIFIER) ? SELECTING : INIT_REBOOT;
    }
    if (request.header().ciaddr().equals(Ipv4Address.NONE)) {
      return UNCLEAR;
    }
    // A relay carries broadcasts, to this server's address.
    boolean broadcast = request.relayed() || query.arrival().local().equals(Ipv4Address.BROADCAST);
    return broadcast ? REBINDING : RENEWING;
  }
}
