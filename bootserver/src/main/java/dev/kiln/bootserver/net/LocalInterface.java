package dev.kiln.bootserver.net;

import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/** A network interface of this machine, as it is now. */
public record LocalInterface(InterfaceName name, int index, List<Ipv4Address> addresses) {
  public LocalInterface {
    addresses = List.copyOf(addresses);
  }

  /** Looks for one; empty where there is none of this name, or it cannot be looked at. */
  public static Optional<LocalInterface> find(InterfaceName name) {
    try {
      return Optional.ofNullable(NetworkInterface.getByName(name.text()))
          .map(found -> new LocalInterface(name, found.getIndex(), addressesOf(found)));
    } catch (SocketException e) {
      return Optional.empty();
    }
  }

  private static List<Ipv4Address> addressesOf(NetworkInterface card) {
    return card.inetAddresses()
        .filter(Inet4Address.class::isInstance)
        .map(each -> Ipv4Address.of((Inet4Address) each))
        .toList();
  }
}
