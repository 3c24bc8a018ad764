package dev.kiln.bootserver.lease;

import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.bootserver.net.Ipv4Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One IP network, and what its machines are told about it.
 *
 * @param network the network, /8 to /30
 * @param server this server's own address, as these machines reach it: its identifier (option 54);
 *     outside the network where all of its machines come through a relay
 * @param pool addresses for machines without a reservation; without a pool only reserved machines
 *     are answered
 * @param router the default gateway (option 3)
 * @param dns name servers (option 6), at most 8
 * @param domain the domain name (option 15)
 */
public record Subnet(
    Ipv4Network network,
    Ipv4Address server,
    Optional<Ipv4Range> pool,
    Optional<Ipv4Address> router,
    List<Ipv4Address> dns,
    Optional<String> domain) {
  private static final String LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final int MAX_DOMAIN = 253;
  private static final int MAX_DNS = 8;

  /** Refused whole, with everything that does not agree. */
  public Subnet {
    dns = List.copyOf(dns);
    List<SubnetException.Fault> faults = new ArrayList<>();
    checkNetwork(network, faults);
    checkServer(network, server, pool, faults);
    pool.ifPresent(range -> checkPool(network, range, faults));
    router.ifPresent(address -> checkRouter(network, address, faults));
    checkInPool(pool, router, faults);
    checkNames(dns, domain, faults);
    if (!faults.isEmpty()) {
      throw new SubnetException(faults);
    }
  }

  public SubnetId id() {
    return SubnetId.of(network);
  }

  /** Why no machine can have this address here, in words; empty where one can. */
  public Optional<String> whyNotFor(Ipv4Address machine) {
    if (!network.hasHost(machine)) {
      return Optional.of("the address " + machine + " is no machine's in " + network);
    }
    return machine.equals(server) || router.filter(machine::equals).isPresent()
        ? Optional.of("the address " + machine + " is the server's or the router's")
        : Optional.empty();
  }

  private static void checkNetwork(Ipv4Network network, List<SubnetException.Fault> faults) {
    if (network.prefix() < 8 || network.prefix() > 30) {
      faults.add(
          SubnetException.Part.NETWORK.fault(
              "the network " + network + " cannot be served: its prefix must be from /8 to /30",
              "Write the network of the machines that boot"));
    }
  }

  private static void checkServer(
      Ipv4Network network,
      Ipv4Address server,
      Optional<Ipv4Range> pool,
      List<SubnetException.Fault> faults) {
    if (network.contains(server) && !network.hasHost(server)) {
      faults.add(
          SubnetException.Part.SERVER.fault(
              "no machine can have the address " + server + " in " + network,
              "Write the address that this server has in the boot network"));
    }
    if (pool.filter(range -> range.contains(server)).isPresent()) {
      faults.add(
          SubnetException.Part.POOL.fault(
              "the pool holds the server's own address " + server,
              "Leave the server's address out of the pool"));
    }
  }

  private static void checkPool(
      Ipv4Network network, Ipv4Range range, List<SubnetException.Fault> faults) {
    if (!network.hasHost(range.first()) || !network.hasHost(range.last())) {
      faults.add(
          SubnetException.Part.POOL.fault(
              "the pool " + range + " does not lie within " + network,
              "Use addresses between the first and the last of the subnet"));
    }
  }

  private static void checkRouter(
      Ipv4Network network, Ipv4Address router, List<SubnetException.Fault> faults) {
    if (!network.hasHost(router)) {
      faults.add(
          SubnetException.Part.ROUTER.fault(
              "the router " + router + " is not in " + network, "Write its address there"));
    }
  }

  private static void checkInPool(
      Optional<Ipv4Range> pool, Optional<Ipv4Address> router, List<SubnetException.Fault> faults) {
    if (pool.isPresent() && router.filter(pool.get()::contains).isPresent()) {
      faults.add(
          SubnetException.Part.POOL.fault(
              "the pool holds the router's address " + router.get(),
              "Leave the router's address out of the pool"));
    }
  }

  private static void checkNames(
      List<Ipv4Address> dns, Optional<String> domain, List<SubnetException.Fault> faults) {
    if (dns.size() > MAX_DNS) {
      faults.add(
          SubnetException.Part.DNS.fault(
              "at most 8 name servers can be announced, not " + dns.size(), "Leave some out"));
    }
    if (domain.filter(name -> !isDomain(name)).isPresent()) {
      faults.add(
          SubnetException.Part.DOMAIN.fault(
              "a domain is written lab.example.org, with at most 253 characters",
              "Write one so, or leave it out"));
    }
  }

  private static boolean isDomain(String name) {
    return name.length() <= MAX_DOMAIN && DOMAIN.matcher(name).matches();
  }
}
