package dev.kiln.bootserver.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.config.Config;
import dev.kiln.bootserver.dhcp.ForwardingLeases;
import dev.kiln.bootserver.dhcp.Lease;
import dev.kiln.bootserver.dhcp.LeasesInMemory;
import dev.kiln.bootserver.dhcp.Subnet;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.TestNetwork;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class DhcpServiceIT {
  private final AtomicInteger failures = new AtomicInteger();

  /** Leases that cannot be read as often as {@link #failures} says. */
  private final class SometimesUnreadable extends ForwardingLeases {
    private SometimesUnreadable() {
      super(new LeasesInMemory());
    }

    @Override
    public CompletionStage<List<Lease>> list() {
      return failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0
          ? CompletableFuture.failedFuture(new IllegalStateException("the disk is gone"))
          : super.list();
    }
  }

  @Test
  void goesOnWithWhatItServedWhereItCannotStartWithWhatChanged() throws Exception {
    try (TestNetwork network = new TestNetwork(0);
        DhcpService service = service(network)) {
      service.serve(reserving(network.address(10)));
      failures.set(1);

      assertThatThrownBy(() -> service.serve(reserving(network.address(11))))
          .hasMessageContaining("the disk is gone");
      assertThat(service.running()).isTrue();

      service.serve(reserving(network.address(11)));
      assertThat(service.running()).isTrue();
    }
  }

  @Test
  void startsAgainAtTheNextLookWhereItCouldNotEvenGoOn() throws Exception {
    try (TestNetwork network = new TestNetwork(0);
        DhcpService service = service(network)) {
      service.serve(reserving(network.address(10)));
      failures.set(2);
      assertThatThrownBy(() -> service.serve(reserving(network.address(11))))
          .hasMessageContaining("the disk is gone");
      assertThat(service.running()).isFalse();

      service.serve(reserving(network.address(10)));

      assertThat(service.running()).isTrue();
    }
  }

  @RepeatedTest(20)
  void hasItsPortAgainAtOnceWhereReservationsChange() throws Exception {
    try (TestNetwork network = new TestNetwork(0);
        DhcpService service = service(network)) {
      for (int last = 10; last < 14; last++) {
        service.serve(reserving(network.address(last)));
        assertThat(service.running()).isTrue();
      }
    }
  }

  private DhcpService service(TestNetwork network) {
    Ipv4Address address = network.address(1);
    Path none = Path.of("/nowhere");
    Config.Dhcp dhcp = new Config.Dhcp(Duration.ofHours(1));
    Config config =
        new Config(
            network.bridge(),
            address,
            new Subnet(
                network.network(), Optional.empty(), Optional.empty(), List.of(), Optional.empty()),
            Optional.of(dhcp),
            true,
            new Config.Http(address, 8080),
            new Config.Directories(none, none, none, none),
            new Config.Loaders(none.resolve("undionly.kpxe"), none.resolve("ipxe.efi")));
    return new DhcpService(
        config, dhcp, new SometimesUnreadable(), event -> {}, new SimpleMeterRegistry());
  }

  private static Inventory reserving(Ipv4Address address) {
    Machine machine =
        new Machine(
            "node-1",
            List.of(MacAddress.parse("52:54:00:12:34:56")),
            Optional.empty(),
            Optional.empty(),
            Optional.of(address),
            Map.of());
    return new Inventory(List.of(machine), List.of());
  }
}
