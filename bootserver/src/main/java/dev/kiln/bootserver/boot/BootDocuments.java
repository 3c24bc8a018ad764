package dev.kiln.bootserver.boot;

import dev.kiln.bootserver.boot.Assignment.Boots;
import dev.kiln.bootserver.boot.Assignment.Waits;
import dev.kiln.node.boot.IpxeScript;
import dev.kiln.node.nocloud.NodeFacts;
import java.util.Optional;

/** The documents of one machine, from what it was assigned. */
public final class BootDocuments {
  /** Seconds after which a machine that waits asks again. */
  public static final int RETRY_SECONDS = 10;

  private final BootAddresses addresses;
  private final Optional<String> domain;

  /**
   * Makes the documents of one server.
   *
   * @param domain of every machine's fully qualified name
   */
  public BootDocuments(BootAddresses addresses, Optional<String> domain) {
    this.addresses = addresses;
    this.domain = domain;
  }

  public String identifyScript() {
    return IpxeScript.identify(addresses.server());
  }

  public String script(Assignment assignment) {
    if (assignment instanceof Boots boots) {
      return IpxeScript.boot(
          addresses.server(),
          boots.machine().name(),
          addresses.image(boots.image().id()),
          boots.commandLine(),
          RETRY_SECONDS);
    }
    return IpxeScript.waiting(addresses.server(), ((Waits) assignment).reason(), RETRY_SECONDS);
  }

  /** The facts of a machine's seed; its instance id changes with the machine and the image. */
  public NodeFacts facts(Boots boots) {
    String image = boots.image().id().hex().substring(0, 16);
    return new NodeFacts(
        "kiln-" + boots.machine().name() + "-" + image,
        boots.group().hostname().hostname(boots.machine().name(), boots.mac()),
        domain,
        boots.group().authorizedKeys(),
        addresses.events(boots.mac()),
        boots.group().cloudConfig());
  }
}
