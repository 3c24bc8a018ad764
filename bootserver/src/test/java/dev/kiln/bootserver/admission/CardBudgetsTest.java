package dev.kiln.bootserver.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.net.MacAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CardBudgetsTest {
  private static final MacAddress CARD = new MacAddress(1);

  private long now = Long.MAX_VALUE - 1_000;
  private final CardBudgets<String> budgets =
      new CardBudgets<>(
          new CardBudgets.Rates(new Rate(2, 1), new Rate(5, 2), new Rate(12, 4)), () -> now);

  @Test
  void hearsACardSoOftenAndThenSoManyTimesASecond() {
    assertThat(taken(10, 0, "a")).isEqualTo(2);
    now += Duration.ofSeconds(1).toNanos();
    assertThat(taken(10, 0, "a")).isEqualTo(1);
  }

  @Test
  void hearsNoCircuitOftenerThanThatHoweverManyCardsAreMadeUp() {
    assertThat(taken(100, 1, "a")).isEqualTo(5);
    assertThat(budgets.take(CARD, "b")).isTrue();
  }

  @Test
  void boundsAllCircuitsTogether() {
    int taken = 0;
    for (int circuit = 0; circuit < 100; circuit++) {
      MacAddress card = new MacAddress(1 + circuit);
      taken += budgets.take(card, "circuit " + circuit) ? 1 : 0;
    }

    assertThat(taken).isEqualTo(12);
  }

  @Test
  void isRefusedWhereOneCardCouldUseUpItsCircuit() {
    assertThatThrownBy(() -> new CardBudgets.Rates(new Rate(2, 1), new Rate(2, 2), new Rate(12, 4)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private int taken(int times, int step, String circuit) {
    int taken = 0;
    for (int number = 0; number < times; number++) {
      taken += budgets.take(new MacAddress(1 + number * step), circuit) ? 1 : 0;
    }
    return taken;
  }
}
