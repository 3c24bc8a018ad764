package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.net.InterfaceName;
import dev.kiln.bootserver.net.InterfaceSockets;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.LocalInterface;
import dev.kiln.failure.KilnException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sockets on their interface. A socket belongs to an interface by its index and hears
 * nothing any more when that is deleted, though one of the same name is made again. All but {@link
 * #sockets} runs on one thread at a time, which is no event loop.
 */
final class FollowInterface implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FollowInterface.class);

  private final InterfaceName name;
  private final Ipv4Address address;
  private final Supplier<InterfaceSockets> opening;
  private volatile @Nullable Opened opened;
  private @Nullable String said;

  /** Sockets, and the index of the interface that they belong to. */
  private record Opened(int index, InterfaceSockets sockets) {}

  /**
   * Follows one interface.
   *
   * @param address that it must have
   * @param opening opens the sockets on the interface of that name, as it is then
   */
  FollowInterface(InterfaceName name, Ipv4Address address, Supplier<InterfaceSockets> opening) {
    this.name = name;
    this.address = address;
    this.opening = opening;
  }

  /** The sockets, where a packet would find them. On any thread. */
  Optional<InterfaceSockets> sockets() {
    return Optional.ofNullable(opened).map(Opened::sockets);
  }

  /**
   * Opens the sockets, or does what a change of the interface asks for.
   *
   * @throws KilnException where the interface, its address or the port cannot be had
   */
  void open() {
    try {
      int index = present().index();
      Opened before = opened;
      if (before == null || before.index() != index || !before.sockets().open()) {
        close();
        opened = new Opened(index, opening.get());
      }
    } catch (KilnException e) {
      close();
      throw e;
    }
  }

  /** Looks again, and says once what is wrong, and once that all is well. */
  void look() {
    try {
      open();
      if (said != null) {
        LOG.info("DHCP answers again on {}.", name);
        said = null;
      }
    } catch (KilnException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(said)) {
        LOG.error("DHCP is silent: {}", problem);
        said = problem;
      }
    }
  }

  private LocalInterface present() {
    LocalInterface found =
        LocalInterface.find(name)
            .orElseThrow(
                () ->
                    KilnException.input(
                        "there is no network interface " + name,
                        "'ip link' shows those that are here"));
    if (!found.addresses().contains(address)) {
      throw KilnException.input(
          "the network interface " + name + " does not have the address " + address,
          "'ip address show " + name + "' shows those it has");
    }
    if (!found.up()) {
      throw KilnException.input(
          "the network interface " + name + " is switched off",
          "'ip link set " + name + " up' switches it on");
    }
    return found;
  }

  @Override
  public void close() {
    Opened before = opened;
    opened = null;
    if (before != null) {
      before.sockets().close();
    }
  }
}
