package dev.kiln.bootserver.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.lease.LeasesInMemory;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.bootserver.net.TestNetwork;
import dev.kiln.bootserver.net.TestNetwork.Client;
import dev.kiln.bootserver.net.TestProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address whose lease ended is asked for on the wire before another machine gets it. */
class AddressInUseIT {
  private final Events events = new Events();
  private final LeasesInMemory leases = new LeasesInMemory(InstantSource.system());
  @TempDir private Path files;
  private TestNetwork network;

  @BeforeEach
  void startNetwork() throws Exception {
    network = new TestNetwork(2);
  }

  @AfterEach
  void stopNetwork() throws Exception {
    network.close();
  }

  @Test
  void keepsAnAddressThatAMachineUsesAgainstItsLease() throws Exception {
    Client user = network.client(0);
    ended(51, user);
    ended(50, new Client("gone", "52:54:00:77:00:99"));
    user.run("ip", "address", "add", network.address(51) + "/24", "dev", user.name());

    try (DhcpServer server = LiveDhcp.start(network, 1, leases, events, 50, 51)) {
      assertThat(LiveDhcp.lease(network.client(1), files)).isEqualTo(network.address(50));
      assertThat(events.awaitText(Step.DHCP_OFFER))
          .contains(network.address(51) + " is in use by " + user.mac());
    }
    assertThat(leaseOn(51).state()).isEqualTo(Lease.State.DECLINED);
    assertThat(leaseOn(51).holdsAt(Instant.now())).isTrue();
  }

  @Test
  void keepsAnAddressFromAllThatAMachineDeclinesBecauseAnotherUsesIt() throws Exception {
    Client user = network.client(0);
    user.run("ip", "address", "add", network.address(50) + "/24", "dev", user.name());
    Client client = network.client(1);

    try (DhcpServer server = LiveDhcp.start(network, 1, leases, events, 50, 50);
        TestProcess udhcpc =
            client.start("busybox", "udhcpc", "-f", "-a", "-i", client.name(), "-s", "/bin/true")) {
      assertThat(events.awaitText(Step.DHCP_DECLINE))
          .startsWith(network.address(50) + " is used by " + user.mac() + "; kept from all");
    }
    assertThat(leaseOn(50).holdsAt(Instant.now().plus(Duration.ofMinutes(5)))).isTrue();
  }

  @Test
  void givesAwayTheAddressOfAMachineThatIsGone() throws Exception {
    Client gone = network.client(0);
    ended(50, gone);
    // The kernel knows its card still, and by its own settings would believe in it for a minute.
    set("base_reachable_time_ms", "1000");
    set("delay_first_probe_time", "1");
    gone.run("ip", "address", "add", network.address(50) + "/24", "dev", gone.name());
    gone.run("busybox", "ping", "-c", "1", "-W", "60", network.address(1).toString());
    gone.run("ip", "address", "flush", "dev", gone.name());

    try (DhcpServer server = LiveDhcp.start(network, 1, leases, events, 50, 50)) {
      assertThat(LiveDhcp.lease(network.client(1), files)).isEqualTo(network.address(50));
    }
    assertThat(events.awaitText(Step.DHCP_UNANSWERED)).contains("may be in use still");
  }

  private void set(String setting, String value) throws Exception {
    Files.writeString(Path.of("/proc/sys/net/ipv4/neigh", network.bridge(), setting), value);
  }

  /** A lease that ended: of the lower addresses later. */
  private void ended(int last, Client client) {
    leases.confirm(
        SubnetId.of(network.network()),
        network.address(last),
        ClientId.of(MacAddress.parse(client.mac())),
        Duration.ofMillis(60 - last));
  }

  private Lease leaseOn(int last) {
    return leases.list(SubnetId.of(network.network())).toCompletableFuture().join().stream()
        .filter(it -> it.address().equals(network.address(last)))
        .findFirst()
        .orElseThrow();
  }
}
