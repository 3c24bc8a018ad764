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
  /** It uses an address and wants to keep it: RENEWING by unicast, or REBINDING by broadcast. */
  RENEWING,
  /** No state of a client looks so. */
  UNCLEAR;

  static RequestState of(DhcpPacket request) {
    if (!request.options().has(DhcpOption.REQUESTED_ADDRESS)) {
      boolean uses = !request.header().ciaddr().equals(Ipv4Address.NONE);
      return uses ? RENEWING : UNCLEAR;
    }
    return request.options().has(DhcpOption.SERVER_IDENTIFIER) ? SELECTING : INIT_REBOOT;
  }
}
