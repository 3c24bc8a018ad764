package dev.kiln.bootserver.config;

import dev.kiln.bootserver.dhcp.Subnet;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.bootserver.net.Ipv4Range;
import dev.kiln.document.Located;
import dev.kiln.document.Problems;
import java.util.Optional;

/** Compares the network's addresses with each other. */
final class NetworkCheck {
  private final Problems problems;

  NetworkCheck(Problems problems) {
    this.problems = problems;
  }

  /** The subnet, where its addresses agree. */
  Optional<Subnet> subnet(ConfigDocument document) {
    int before = problems.count();
    ConfigDocument.Network network = document.network();
    checkServer(network, document.dhcp());
    document.dhcp().pool().ifPresent(pool -> checkPool(pool, network));
    if (problems.count() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Subnet(
              network.subnet().value(),
              document.dhcp().pool().map(Located::value),
              network.router(),
              network.dns(),
              network.domain()));
    } catch (IllegalArgumentException e) {
      problems.add(network.subnet().where(), String.valueOf(e.getMessage()), "");
      return Optional.empty();
    }
  }

  private void checkServer(ConfigDocument.Network network, ConfigDocument.Dhcp dhcp) {
    Ipv4Address server = network.address().value();
    if (!network.subnet().value().hasHost(server)) {
      problems.add(
          network.address().where(),
          "no machine can have the address " + server + " in " + network.subnet().value(),
          "Write the address that this server has in the boot network");
    }
    if (dhcp.pool().filter(pool -> pool.value().contains(server)).isPresent()) {
      problems.add(
          dhcp.pool().get().where(),
          "the pool holds the server's own address " + server,
          "Leave the server's address out of the pool");
    }
  }

  private void checkPool(Located<Ipv4Range> pool, ConfigDocument.Network network) {
    Ipv4Network subnet = network.subnet().value();
    if (!subnet.hasHost(pool.value().first()) || !subnet.hasHost(pool.value().last())) {
      problems.add(
          pool.where(),
          "the pool " + pool.value() + " does not lie within " + subnet,
          "Use addresses between the first and the last of the subnet");
    }
    if (network.router().filter(pool.value()::contains).isPresent()) {
      problems.add(
          pool.where(),
          "the pool holds the router's address " + network.router().get(),
          "Leave the router's address out of the pool");
    }
  }
}
