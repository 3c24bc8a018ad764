package dev.kiln.bootserver.config;

import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.lease.SubnetException;
import dev.kiln.document.Located;
import dev.kiln.document.Problems;
import dev.kiln.failure.Position;
import java.util.Optional;

/** Makes the subnet of its parts, and names the line of each that does not agree. */
final class NetworkCheck {
  private final Problems problems;

  NetworkCheck(Problems problems) {
    this.problems = problems;
  }

  /** The subnet, where its parts agree. */
  Optional<Subnet> subnet(ConfigDocument document) {
    ConfigDocument.Network network = document.network();
    int before = problems.count();
    refuseUnlessInside(network);
    try {
      Optional<Subnet> subnet =
          Optional.of(
              new Subnet(
                  network.subnet().value(),
                  network.address().value(),
                  document.dhcp().pool().map(Located::value),
                  network.router().map(Located::value),
                  network.dns().value(),
                  network.domain().map(Located::value)));
      return problems.count() == before ? subnet : Optional.empty();
    } catch (SubnetException e) {
      e.faults()
          .forEach(
              fault -> problems.add(where(fault.part(), document), fault.what(), fault.mend()));
      return Optional.empty();
    }
  }

  /** The network of an interface is one in which it has an address. */
  private void refuseUnlessInside(ConfigDocument.Network network) {
    if (!network.subnet().value().contains(network.address().value())) {
      problems.add(
          network.address().where(),
          "this server's address "
              + network.address().value()
              + " is not in "
              + network.subnet().value(),
          "Write the address that this server has in the boot network");
    }
  }

  private static Position where(SubnetException.Part part, ConfigDocument document) {
    ConfigDocument.Network network = document.network();
    Position whole = network.subnet().where();
    return switch (part) {
      case NETWORK -> whole;
      case SERVER -> network.address().where();
      case POOL -> document.dhcp().pool().map(Located::where).orElse(whole);
      case ROUTER -> network.router().map(Located::where).orElse(whole);
      case DNS -> network.dns().where();
      case DOMAIN -> network.domain().map(Located::where).orElse(whole);
    };
  }
}
