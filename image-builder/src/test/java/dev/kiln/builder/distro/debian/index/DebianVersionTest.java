package dev.kiln.builder.distro.debian.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.campaign.Campaign;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebianVersionTest {
  @ParameterizedTest
  @CsvSource({
    "1.0, <, 1.1",
    "1.9, <, 1.10",
    "1:0.1, >, 9.9",
    "1.0~rc1, <, 1.0",
    "1.0~~, <, 1.0~",
    "1.0~~a, <, 1.0~",
    "1.0, <, 1.0a",
    "1.0a, <, 1.0+",
    "1.0-1, <, 1.0-1.1",
    "1.0-1, <, 1.0-1+b1",
    "1.0-1~deb12u1, <, 1.0-1",
    "1.0, =, 1.0-0",
    "0:1.0, =, 1.0",
    "1.001, =, 1.1",
    "1.0-1-2, >, 1.0-1-1",
    "1.20.5+really1.20.2-1.1, >, 1.20.2-1.1",
    "99999999999999999999999, <, 100000000000000000000000",
    "2.0, >, 1.0-9999",
    "1.a, <, 1.+"
  })
  void ordersAsThePolicySays(String left, String sign, String right) {
    int order = new DebianVersion(left).compareTo(new DebianVersion(right));

    assertThat(order < 0 ? "<" : order > 0 ? ">" : "=").isEqualTo(sign);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1 0", "a:1", "-1:2", "1:", "1.0-", "1.0_2", "1:-1", "9999999999:1", "1\n2"})
  void refusesWhatIsNoVersion(String text) {
    assertThatThrownBy(() -> new DebianVersion(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text.replace('\n', '?') + "' is no version");
  }

  @Test
  void isATotalOrder() {
    Campaign.count(
        1,
        random -> {
          List<DebianVersion> versions = SeededVersions.make(random, 120);
          for (DebianVersion a : versions) {
            for (DebianVersion b : versions) {
              int order = Integer.signum(a.compareTo(b));
              assertThat(order).as("%s and %s", a, b).isEqualTo(-Integer.signum(b.compareTo(a)));
              if (order <= 0) {
                assertThat(versions)
                    .filteredOn(c -> b.compareTo(c) <= 0)
                    .as("%s <= %s <= these", a, b)
                    .allMatch(c -> a.compareTo(c) <= 0);
              }
            }
          }
          return true;
        });
  }

  @Test
  void sortsAnyListOfVersions() {
    Campaign.count(
        10,
        random -> {
          List<DebianVersion> versions = new ArrayList<>(SeededVersions.make(random, 500));
          versions.sort(null);
          assertThat(versions).isSorted();
          return true;
        });
  }
}
