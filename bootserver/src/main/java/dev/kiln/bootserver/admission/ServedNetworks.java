package dev.kiln.bootserver.admission;

import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import java.util.List;
import java.util.Optional;

/** The networks whose machines boot here. */
public record ServedNetworks(List<Ipv4Network> networks) {
  public ServedNetworks {
    networks = List.copyOf(networks);
  }

  /** The network that an address is in. */
  public Optional<Ipv4Network> of(IpAddress address) {
    return address instanceof Ipv4Address four
        ? networks.stream().filter(network -> network.contains(four)).findFirst()
        : Optional.empty();
  }

  public boolean contains(IpAddress address) {
    return of(address).isPresent();
  }
}
