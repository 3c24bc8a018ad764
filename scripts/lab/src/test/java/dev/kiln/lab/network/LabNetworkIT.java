package dev.kiln.lab.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.lab.process.Child;
import dev.kiln.lab.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LabNetworkIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** The same each time, so that what a killed test left behind is removed. */
  private final Path directory = Path.of("target", "lab-network-it");

  @Test
  void hasTheBootServersAddressAndATapForEachMachine() {
    Namespace namespace = Namespace.of(directory);

    try (LabNetwork network = LabNetwork.create(namespace, List.of("tap1", "tap2"))) {
      String links = inside(network, "ip", "-oneline", "link");
      String addresses = inside(network, "ip", "-oneline", "address");

      assertThat(links).contains("tap1", "tap2", "master br0");
      assertThat(addresses).contains("10.77.0.1/24", "fd77::1/64");
    }
    assertThat(namespace.exists()).isFalse();
  }

  @Test
  void reachesNothingOutside() {
    try (LabNetwork network = LabNetwork.create(Namespace.of(directory), List.of())) {
      assertThat(inside(network, "ip", "route", "show", "default")).isEmpty();
    }
  }

  @Test
  void twoLabsUseTheSameAddressesBesideEachOther() {
    try (LabNetwork one = LabNetwork.create(Namespace.of(directory), List.of());
        LabNetwork other = LabNetwork.create(Namespace.of(directory.resolve("other")), List.of())) {
      assertThat(one.namespace()).isNotEqualTo(other.namespace());
      assertThat(inside(one, "ip", "-oneline", "address")).contains("10.77.0.1/24");
      assertThat(inside(other, "ip", "-oneline", "address")).contains("10.77.0.1/24");
    }
  }

  @Test
  void endsWhatAKilledLabLeftRunningInside() throws Exception {
    Namespace namespace = Namespace.of(directory);
    LabNetwork.create(namespace, List.of("tap1"));
    Child left = Child.start(namespace.inside(Command.of("sleep", "1000")));
    // 'ip netns exec' becomes the command itself: only then it is inside.
    Child stubborn =
        Child.start(
            namespace.inside(Command.of("sh", "-c", "trap '' TERM; echo ready; sleep 1000")));
    assertThat(stubborn.output().read()).isEqualTo('r');

    try (LabNetwork again = LabNetwork.create(namespace, List.of("tap1"))) {
      assertThat(left.onExit().get(30, TimeUnit.SECONDS)).isNotZero();
      assertThat(stubborn.onExit().get(30, TimeUnit.SECONDS)).isNotZero();
      assertThat(inside(again, "ip", "-oneline", "link")).contains("tap1");
    }
  }

  private static String inside(LabNetwork network, String... words) {
    return network.namespace().inside(Command.of(words)).succeed(LIMIT);
  }
}
