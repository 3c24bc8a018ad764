package dev.kiln.builder.distro.debian.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** dpkg itself is the judge. */
class DebianVersionIT {
  private static final int PAIRS = 400;

  @Test
  void ordersAsDpkgDoes() throws Exception {
    long seed = new Random().nextLong();
    List<DebianVersion> versions = SeededVersions.make(new Random(seed), 2 * PAIRS);

    for (int i = 0; i < PAIRS; i++) {
      DebianVersion a = versions.get(2 * i);
      DebianVersion b = versions.get(2 * i + 1);
      int order = a.compareTo(b);
      String relation = order < 0 ? "lt" : order > 0 ? "gt" : "eq";
      assertThat(dpkgSays(a, relation, b)).as("seed %s: %s %s %s", seed, a, relation, b).isTrue();
    }
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
