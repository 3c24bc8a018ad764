package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.net.Ipv4Address;
import java.util.List;
import java.util.Optional;

/** The networks that are served by one interface. */
record Subnets(List<Subnet> all) {
  Subnets {
    all = List.copyOf(all);
  }

  /**
   * RFC 2131 §4.3.1: the relay's address says in which network the client is; without a relay it is
   * the one where this server has its address.
   */
  Optional<Subnet> locate(Query query) {
    Ipv4Address relay = query.packet().header().giaddr();
    return all.stream()
        .filter(
            subnet -> subnet.network().contains(query.packet().relayed() ? relay : subnet.server()))
        .findFirst();
  }
}
