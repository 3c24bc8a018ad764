package dev.kiln.builder.distro.debian.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResolverPropertyTest {
  @Test
  void everythingChosenHoldsTogether() {
    long seed = new Random().nextLong();
    int resolved = 0;
    for (int round = 0; round < 1500; round++) {
      RandomUniverse random = RandomUniverse.withConflicts(seed + round);
      Universe universe = TestUniverse.of(random.paragraphs().toArray(String[]::new));
      List<String> wanted = random.wanted();
      Map<String, String> reasons = new HashMap<>();
      wanted.forEach(name -> reasons.put(name, "wanted"));

      Resolution resolution =
          new Resolver(universe).resolve(new Request(false, reasons, round % 3 == 0));

      if (resolution instanceof Resolved good) {
        resolved++;
        Hold.assertHolds(good.packages(), wanted, "seed " + (seed + round));
      }
    }
    assertThat(resolved).as("seed %s: enough of them could be met", seed).isGreaterThan(300);
  }
}
