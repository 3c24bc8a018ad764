package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All a DHCP server is told.
 *
 * @param endpoint where it listens
 * @param subnet the network it serves
 * @param leaseTime how long an address is given, one minute to one year
 * @param reservations addresses that belong to one machine each, inside or outside the pool
 * @param boot what machines load
 */
public record DhcpSettings(
    DhcpEndpoint endpoint,
    Subnet subnet,
    Duration leaseTime,
    Map<MacAddress, Reservation> reservations,
    BootTargets boot) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(365);

  public DhcpSettings {
    reservations = Map.copyOf(reservations);
    List<String> wrong = new ArrayList<>();
    checkLeaseTime(leaseTime, wrong);
    checkServerAddress(endpoint.address(), subnet, wrong);
    checkReservations(reservations, endpoint.address(), subnet, wrong);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }

  private static void checkLeaseTime(Duration time, List<String> wrong) {
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      wrong.add("a lease lasts from one minute to one year");
    }
  }

  private static void checkServerAddress(Ipv4Address server, Subnet subnet, List<String> wrong) {
    // Outside the subnet is right where all of its machines come through a relay.
    if (subnet.network().contains(server) && !subnet.network().hasHost(server)) {
      wrong.add("no machine can have the address " + server + " in " + subnet.network());
    }
    if (subnet.pool().filter(range -> range.contains(server)).isPresent()) {
      wrong.add("the server's own address " + server + " is in the pool, which would give it away");
    }
  }

  private static void checkReservations(
      Map<MacAddress, Reservation> reservations,
      Ipv4Address server,
      Subnet subnet,
      List<String> wrong) {
    Map<Ipv4Address, MacAddress> owners = new HashMap<>();
    reservations.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> {
              Ipv4Address address = entry.getValue().address();
              MacAddress other = owners.putIfAbsent(address, entry.getKey());
              if (other != null) {
                wrong.add(address + " is reserved for " + other + " and for " + entry.getKey());
              }
              if (!subnet.network().hasHost(address)) {
                wrong.add(
                    address
                        + ", reserved for "
                        + entry.getKey()
                        + ", is no machine's in "
                        + subnet.network());
              }
              if (address.equals(server) || subnet.router().filter(address::equals).isPresent()) {
                wrong.add(
                    address
                        + ", reserved for "
                        + entry.getKey()
                        + ", is the server's or the router's");
              }
            });
  }
}
