package dev.kiln.bootserver.machine;

import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.node.facts.Hostname;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A computer that an administrator has approved, by writing a file about it.
 *
 * @param name unique; also its host name, unless its group says otherwise
 * @param macs its network cards; may be empty where it has a UUID or a serial number
 * @param address reserved for it in DHCP, for its first card
 * @param labels what selectors look at; {@link Selector} adds name, uuid and serial
 */
public record Machine(
    String name,
    List<MacAddress> macs,
    Optional<SystemUuid> uuid,
    Optional<SerialNumber> serial,
    Optional<Ipv4Address> address,
    Map<String, String> labels) {
  public Machine {
    name = new Hostname(name).label();
    macs = List.copyOf(macs);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    if (macs.stream().distinct().count() < macs.size()) {
      throw new IllegalArgumentException("a MAC address stands here twice");
    }
    if (macs.isEmpty() && uuid.isEmpty() && serial.isEmpty()) {
      throw new IllegalArgumentException(
          "a machine is known by at least one of 'macs', 'uuid' and 'serial'");
    }
    if (address.isPresent() && macs.isEmpty()) {
      throw new IllegalArgumentException(
          "an address can only be reserved for a MAC address: add 'macs'");
    }
  }

  /** Why these claims cannot be this machine's; empty where they can. */
  Optional<String> contradiction(Claims claims) {
    if (!macs.isEmpty() && !macs.contains(claims.mac())) {
      return Optional.of("its file names other MAC addresses than " + claims.mac());
    }
    if (uuid.isPresent() && claims.uuid().filter(other -> !uuid.get().matches(other)).isPresent()) {
      return Optional.of("its file names another UUID than " + claims.uuid().get());
    }
    if (serial.isPresent()
        && claims.serial().filter(other -> !serial.get().equals(other)).isPresent()) {
      return Optional.of("its file names another serial number than " + claims.serial().get());
    }
    return Optional.empty();
  }
}
