package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.bootserver.net.Ipv4Range;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One IP network and what its machines are told about it.
 *
 * @param network the network, /8 to /30
 * @param pool addresses for machines without a reservation; without a pool only reserved machines
 *     are answered
 * @param router the default gateway (option 3)
 * @param dns name servers (option 6), at most 8
 * @param domain the domain name (option 15)
 */
public record Subnet(
    Ipv4Network network,
    Optional<Ipv4Range> pool,
    Optional<Ipv4Address> router,
    List<Ipv4Address> dns,
    Optional<String> domain) {
  private static final String LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final int MAX_DOMAIN = 253;
  private static final int MAX_DNS = 8;

  public Subnet {
    dns = List.copyOf(dns);
    if (network.prefix() < 8 || network.prefix() > 30) {
      throw new IllegalArgumentException(
          "the network " + network + " cannot be served: its prefix must be from /8 to /30");
    }
    pool.ifPresent(range -> refuseUnlessInside(network, range));
    router.ifPresent(address -> refuseUnlessRouter(network, pool, address));
    if (dns.size() > MAX_DNS) {
      throw new IllegalArgumentException("at most 8 name servers can be announced");
    }
    domain.ifPresent(Subnet::refuseUnlessDomain);
  }

  private static void refuseUnlessInside(Ipv4Network network, Ipv4Range range) {
    if (!network.hasHost(range.first()) || !network.hasHost(range.last())) {
      throw new IllegalArgumentException(
          "the pool "
              + range
              + " must lie within "
              + network
              + ", without its first and its last address");
    }
  }

  private static void refuseUnlessRouter(
      Ipv4Network network, Optional<Ipv4Range> pool, Ipv4Address router) {
    if (!network.hasHost(router)) {
      throw new IllegalArgumentException("the router " + router + " is not in " + network);
    }
    if (pool.filter(range -> range.contains(router)).isPresent()) {
      throw new IllegalArgumentException(
          "the router " + router + " is in the pool " + pool.get() + ", which would give it away");
    }
  }

  private static void refuseUnlessDomain(String name) {
    if (name.length() > MAX_DOMAIN || !DOMAIN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a domain is written lab.example.org, with at most 253 characters");
    }
  }
}
