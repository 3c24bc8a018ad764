package dev.kiln.lab.network;

import dev.kiln.lab.console.Console;
import dev.kiln.lab.console.FatalLines;
import dev.kiln.lab.process.Child;
import dev.kiln.lab.process.Command;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Sends IPv6 router advertisements (RFC 4861) in a lab, as real networks have them. On a link
 * without any, iPXE waits 16 seconds for one at each of its starts. It advertises no route.
 */
public final class RouterAdvertiser implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Child process;

  private RouterAdvertiser(Child process) {
    this.process = process;
  }

  /**
   * Starts dnsmasq(8) as a router advertiser and nothing else.
   *
   * @param log where its words go
   */
  public static RouterAdvertiser start(Namespace namespace, Path log) {
    Child process =
        Child.start(
            namespace.inside(
                Command.of(
                    "dnsmasq",
                    "--conf-file=/dev/null",
                    "--keep-in-foreground",
                    "--log-facility=-",
                    "--pid-file=",
                    "--user=root",
                    "--leasefile-ro",
                    "--port=0",
                    "--interface=" + LabNetwork.BRIDGE,
                    "--bind-interfaces",
                    "--enable-ra",
                    "--ra-param=" + LabNetwork.BRIDGE + ",60,0",
                    "--dhcp-range=fd77::,ra-only,64,1h")));
    Console.follow("the router advertiser", process.output(), log, FatalLines.NONE);
    return new RouterAdvertiser(process);
  }

  @Override
  public void close() {
    process.stop(GRACE);
  }
}
