package dev.kiln.builder.distro.debian.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import dev.kiln.campaign.Campaign;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResolverPropertyTest {
  @Test
  void everythingChosenHoldsTogether() {
    int resolved =
        Campaign.count(
            1500,
            random -> {
              RandomUniverse world = RandomUniverse.withConflicts(random.nextLong());
              Universe universe = TestUniverse.of(world.paragraphs().toArray(String[]::new));
              List<String> wanted = world.wanted();
              Map<String, String> reasons = new HashMap<>();
              wanted.forEach(name -> reasons.put(name, "wanted"));
              boolean recommends = random.nextInt(3) == 0;

              Resolution resolution =
                  new Resolver(universe).resolve(new Request(false, reasons, recommends));

              if (resolution instanceof Resolved good) {
                Hold.assertHolds(good.packages(), wanted, String.join(" ", wanted));
              }
              return resolution instanceof Resolved;
            });

    assertThat(resolved).as("enough of them could be met").isGreaterThan(300);
  }
}
