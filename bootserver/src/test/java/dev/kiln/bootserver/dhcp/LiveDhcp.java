package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.LabSettings.lab;

import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.lease.LeaseTime;
import dev.kiln.bootserver.lease.Leases;
import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.net.InterfaceName;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Range;
import dev.kiln.bootserver.net.TestNetwork;
import dev.kiln.bootserver.net.TestNetwork.Client;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A server on a test's network, and a client for it. */
final class LiveDhcp {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private LiveDhcp() {}

  /**
   * Starts a server.
   *
   * @param own the last octet of its address
   * @param pool the last octets of its pool
   */
  static DhcpServer start(TestNetwork network, int own, Leases leases, Events events, int... pool) {
    return DhcpServer.start(
        new DhcpSettings(
            DhcpEndpoint.of(new InterfaceName(network.bridge())),
            subnet(network, own, pool),
            new LeaseTime(Duration.ofHours(1))),
        new DhcpServices(
            leases,
            lab().decider()::assign,
            LabSettings.ADDRESSES,
            events,
            new SimpleMeterRegistry(),
            InstantSource.system()));
  }

  private static Subnet subnet(TestNetwork network, int own, int... pool) {
    return new Subnet(
        network.network(),
        network.address(own),
        Optional.of(new Ipv4Range(network.address(pool[0]), network.address(pool[1]))),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** Asks for an address, which must be given, and uses it; returns it. */
  static Ipv4Address lease(Client client, Path files) throws IOException, InterruptedException {
    Path script = files.resolve("use");
    if (!Files.exists(script)) {
      Files.writeString(
          script,
          """
          #!/bin/sh
          [ "$1" = bound ] || exit 0
          ip address replace "$ip/24" dev "$interface"
          echo "got $ip"
          """);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    String said =
        client.run(
            "busybox",
            "udhcpc",
            "-f",
            "-q",
            "-t",
            "40",
            "-i",
            client.name(),
            "-s",
            script.toString());
    return said.lines()
        .filter(line -> line.startsWith("got "))
        .map(line -> Ipv4Address.parse(line.substring(4)))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until something holds. */
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("what was waited for did not come");
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
