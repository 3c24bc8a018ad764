package dev.kiln.bootserver.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacAddress;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetsTest {
  private static final IpAddress MACHINE = IpAddress.parse("10.77.0.50");
  private static final IpAddress STRANGER = IpAddress.parse("10.77.0.66");
  private static final MacAddress CARD = MacAddress.parse("52:54:00:00:00:01");
  private static final MacAddress OTHER_CARD = MacAddress.parse("52:54:00:00:00:02");

  private long now = Long.MAX_VALUE - 1_000;
  private final Budgets budgets =
      budgets(new Budgets.Rates(new Rate(4, 1), new Rate(8, 2), new Rate(1_000_000, 1)));

  @Test
  void letsABurstThroughAndThenSoManyASecond() {
    assertThat(taken(10, MACHINE)).isEqualTo(4);
    pass(Duration.ofSeconds(2));
    assertThat(taken(10, MACHINE)).isEqualTo(2);
    pass(Duration.ofDays(1));
    assertThat(taken(10, MACHINE)).isEqualTo(4);
  }

  @Test
  void takesNothingOfOneSenderForAnother() {
    taken(100, STRANGER);

    assertThat(taken(10, MACHINE)).isEqualTo(4);
  }

  @Test
  void letsNoSenderAloneUseUpTheBudgetOfACard() {
    for (int second = 0; second < 100; second++) {
      IntStream.range(0, 100).forEach(i -> budgets.take(STRANGER, CARD));
      pass(Duration.ofSeconds(1));
    }

    assertThat(budgets.take(MACHINE, CARD)).isTrue();
  }

  @Test
  void boundsWhatAllSendersTogetherSayOfOneCard() {
    int taken = 0;
    for (int sender = 0; sender < 100; sender++) {
      taken += budgets.take(address(sender), CARD) ? 1 : 0;
    }

    assertThat(taken).isEqualTo(8);
    assertThat(budgets.take(address(0), OTHER_CARD)).isTrue();
  }

  @Test
  void boundsACardThatHasNoAddressYet() {
    assertThat(IntStream.range(0, 100).filter(i -> budgets.take(CARD)).count()).isEqualTo(8);
    assertThat(budgets.take(OTHER_CARD)).isTrue();
  }

  @Test
  void boundsAllTogether() {
    Budgets few = budgets(new Budgets.Rates(new Rate(4, 1), new Rate(8, 2), new Rate(10, 1)));

    long taken = IntStream.range(0, 100).filter(i -> few.take(address(i))).count();

    assertThat(taken).isEqualTo(10);
  }

  @Test
  void countsAllAddressesOfOneIpv6HostAsOneSender() {
    long taken =
        IntStream.range(1, 100)
            .filter(i -> budgets.take(IpAddress.parse("2001:db8:0:1::" + Integer.toHexString(i))))
            .count();

    assertThat(taken).isEqualTo(4);
    assertThat(budgets.take(IpAddress.parse("2001:db8:0:2::1"))).isTrue();
  }

  @Test
  void givesNobodyAFreshBudgetBecauseManyOthersAsk() {
    taken(10, STRANGER);
    taken(2, MACHINE);

    IntStream.range(0, 50_000).forEach(i -> budgets.take(address(i)));

    assertThat(taken(10, STRANGER)).isZero();
    assertThat(taken(10, MACHINE)).isEqualTo(2);
  }

  @Test
  void forgetsWhoHasNotAskedForLong() {
    Shares<Integer> shares = new Shares<>(new Rate(4, 1), 100, now);
    IntStream.range(0, 1_000).forEach(i -> shares.take(i, now));
    assertThat(shares.size()).isEqualTo(100);

    pass(Duration.ofSeconds(2));

    assertThat(IntStream.range(1_000, 1_100).filter(i -> shares.take(i, now)).count())
        .isEqualTo(100);
    assertThat(shares.size()).isEqualTo(100);
  }

  @Test
  void refusesBudgetsThatOneSenderCouldUseUp() {
    assertThatThrownBy(
            () -> new Budgets.Rates(new Rate(4, 1), new Rate(8, 1), new Rate(1_000, 100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a card's budget must be above a sender's");
    assertThatThrownBy(() -> new Rate(4, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private Budgets budgets(Budgets.Rates rates) {
    return new Budgets(rates, () -> now);
  }

  private long taken(int times, IpAddress sender) {
    return IntStream.range(0, times).filter(i -> budgets.take(sender)).count();
  }

  private static IpAddress address(int number) {
    return Ipv4Address.parse("10.80.0.0").plus(number);
  }

  private void pass(Duration time) {
    // Beyond the greatest number, as a monotonic clock may go.
    now += time.toNanos();
  }
}
