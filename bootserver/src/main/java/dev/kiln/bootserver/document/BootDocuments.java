package dev.kiln.bootserver.document;

import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.BootCommandLine;
import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.node.boot.IpxeScript;
import dev.kiln.node.facts.NodeFacts;
import java.util.Optional;

/** The documents of one server's machines, each made of a plan. */
public final class BootDocuments {
  /** Seconds after which a machine that waits asks again. */
  public static final int RETRY_SECONDS = 10;

  private final BootAddresses addresses;
  private final Optional<String> domain;
  private final RenderedScripts scripts = new RenderedScripts();

  /**
   * Makes the documents of one server.
   *
   * @param domain of every machine's fully qualified name
   */
  public BootDocuments(BootAddresses addresses, Optional<String> domain) {
    this.addresses = addresses;
    this.domain = domain;
  }

  /** The script that every iPXE gets first. */
  public String identify() {
    return IpxeScript.identify(addresses.server());
  }

  /** The script that boots; made once while machines and images stay what they are. */
  public String script(BootPlan.Boot boot) {
    return scripts.of(boot, this::render);
  }

  /** The script that waits and asks again. */
  public String script(BootPlan.Wait wait) {
    return IpxeScript.waiting(addresses.server(), wait.why(), RETRY_SECONDS);
  }

  private String render(BootPlan.Boot boot) {
    return IpxeScript.boot(
        addresses.server(),
        boot.machine().name(),
        addresses.image(boot.image().id()),
        BootCommandLine.of(boot, addresses),
        RETRY_SECONDS);
  }

  /** The facts of a machine; its instance id changes with the machine and the image. */
  public NodeFacts facts(BootPlan.Configure running) {
    String image = running.image().hex().substring(0, 16);
    return new NodeFacts(
        "kiln-" + running.machine().name() + "-" + image,
        running.group().hostname().hostname(running.machine().name(), running.mac()),
        domain,
        running.group().authorizedKeys(),
        addresses.events(running));
  }
}
