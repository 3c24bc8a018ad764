package dev.kiln.builder.distro.debian.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.campaign.Campaign;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** dpkg itself is the judge. */
class DebianVersionIT {
  private static final int PAIRS = 400;

  @Test
  void ordersAsDpkgDoes() throws Exception {
    int different =
        Campaign.count(
            PAIRS,
            random -> {
              List<DebianVersion> pair = SeededVersions.make(random, 2);
              DebianVersion a = pair.get(0);
              DebianVersion b = pair.get(1);
              int order = a.compareTo(b);
              String relation = order < 0 ? "lt" : order > 0 ? "gt" : "eq";
              assertThat(dpkgSays(a, relation, b)).as("%s %s %s", a, relation, b).isTrue();
              return order != 0;
            });

    assertThat(different).isGreaterThan(PAIRS / 2);
  }

  private static boolean dpkgSays(DebianVersion a, String relation, DebianVersion b)
      throws IOException, InterruptedException {
    return new ProcessBuilder("dpkg", "--compare-versions", a.text(), relation, b.text())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
