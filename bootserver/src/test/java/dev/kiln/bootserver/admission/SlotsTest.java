package dev.kiln.bootserver.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.Ipv4Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private final Slots slots =
      new Slots(
          new Slots.Limits(10, 6, 3),
          new ServedNetworks(
              List.of(Ipv4Network.parse("10.77.0.0/24"), Ipv4Network.parse("10.78.0.0/24"))));

  @Test
  void boundsASender() {
    assertThat(take(5, "10.77.0.1")).hasSize(3);
    assertThat(take(5, "10.77.0.2")).hasSize(3);
  }

  @Test
  void letsNoNetworkKeepAnotherOut() {
    for (int host = 1; host < 100; host++) {
      take(3, "10.77.0." + host);
    }

    assertThat(slots.taken()).isEqualTo(6);
    assertThat(take(5, "10.78.0.1")).hasSize(3);
  }

  @Test
  void countsAllThatAreInNoServedNetworkAsOne() {
    for (int host = 1; host < 100; host++) {
      take(1, "192.0.2." + host);
      take(1, "2001:db8:0:" + host + "::1");
    }

    assertThat(slots.taken()).isEqualTo(6);
    assertThat(take(5, "10.77.0.1")).hasSize(3);
  }

  @Test
  void boundsAllTogether() {
    take(3, "10.77.0.1");
    take(3, "10.77.0.2");
    take(3, "10.78.0.1");

    assertThat(take(3, "10.78.0.2")).hasSize(1);
    assertThat(slots.taken()).isEqualTo(10);
  }

  @Test
  void hasAPlaceAgainForEachThatIsLeftOnce() {
    List<Slots.Slot> taken = take(3, "10.77.0.1");

    taken.get(0).close();
    taken.get(0).close();

    assertThat(take(5, "10.77.0.1")).hasSize(1);
    assertThat(slots.taken()).isEqualTo(3);
  }

  private List<Slots.Slot> take(int times, String sender) {
    List<Slots.Slot> taken = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Optional<Slots.Slot> slot = slots.take(IpAddress.parse(sender));
      slot.ifPresent(taken::add);
    }
    return taken;
  }
}
