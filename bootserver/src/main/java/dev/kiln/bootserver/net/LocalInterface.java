package dev.kiln.bootserver.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A network interface of this machine, as it is now.
 *
 * @param index the kernel's number: another one where it was deleted and made again
 * @param up whether it was switched on, with a cable or without
 */
public record LocalInterface(
    InterfaceName name, int index, boolean up, List<Ipv4Address> addresses) {
  // Linux, if.h.
  private static final int IFF_UP = 1;

  public LocalInterface {
    addresses = List.copyOf(addresses);
  }

  /** Looks for one; empty where there is none of this name, or it cannot be looked at. */
  public static Optional<LocalInterface> find(InterfaceName name) {
    try {
      return Optional.ofNullable(NetworkInterface.getByName(name.text()))
          .map(card -> new LocalInterface(name, card.getIndex(), isUp(name), addressesOf(card)));
    } catch (SocketException e) {
      return Optional.empty();
    }
  }

  /** Java tells only whether there is a cable as well, which a bridge has later than its server. */
  private static boolean isUp(InterfaceName name) {
    try {
      String flags = Files.readString(Path.of("/sys/class/net", name.text(), "flags")).strip();
      return (Integer.decode(flags) & IFF_UP) != 0;
    } catch (IOException | NumberFormatException e) {
      // Where there is no sysfs, nothing is known against it.
      return true;
    }
  }

  private static List<Ipv4Address> addressesOf(NetworkInterface card) {
    return card.inetAddresses()
        .filter(Inet4Address.class::isInstance)
        .map(each -> Ipv4Address.of((Inet4Address) each))
        .toList();
  }
}
