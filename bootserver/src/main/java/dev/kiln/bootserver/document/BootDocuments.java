package dev.kiln.bootserver.document;

import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.BootCommandLine;
import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.lease.LeaseTime;
import dev.kiln.node.boot.IpxeScript;
import dev.kiln.node.facts.NodeFacts;
import java.time.Duration;
import java.util.Optional;

/** The documents of one server's machines, each made of a plan. */
public final class BootDocuments {
  /** Seconds after which a machine that waits asks again. */
  public static final int RETRY_SECONDS = 10;

  // A lease that another server gives, of which nothing is known here.
  private static final LeaseTime UNKNOWN = new LeaseTime(Duration.ofMinutes(20));
  private static final int FEWEST_ROUNDS = 2;
  private static final int MOST_ROUNDS = 360;

  private final BootAddresses addresses;
  private final Optional<String> domain;
  private final int renewRounds;
  private final RenderedScripts scripts = new RenderedScripts();

  /**
   * Makes the documents of one server.
   *
   * @param domain of every machine's fully qualified name
   * @param lease how long addresses are given; empty where another server gives them
   */
  public BootDocuments(
      BootAddresses addresses, Optional<String> domain, Optional<LeaseTime> lease) {
    this.addresses = addresses;
    this.domain = domain;
    this.renewRounds = rounds(lease.orElse(UNKNOWN));
  }

  /**
   * A machine that waits asks for its address again before half of its lease is over (RFC 2131
   * §4.4.5, T1): a round takes longer than it sleeps, so it aims at a quarter.
   */
  private static int rounds(LeaseTime lease) {
    long rounds = lease.seconds() / 4 / RETRY_SECONDS;
    return (int) Math.max(FEWEST_ROUNDS, Math.min(MOST_ROUNDS, rounds));
  }

  /** The script that every iPXE gets first. */
  public String identify() {
    return IpxeScript.identify(addresses.server(), renewRounds);
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
