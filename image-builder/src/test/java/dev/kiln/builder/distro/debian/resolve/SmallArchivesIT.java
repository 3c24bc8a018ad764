package dev.kiln.builder.distro.debian.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import dev.kiln.campaign.Campaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** apt is the judge, on small archives full of alternatives, virtual packages and versions. */
class SmallArchivesIT {
  private static final int ARCHIVES = 25;

  @TempDir private Path directory;

  @Test
  void choosesWhatAptChooses() throws Exception {
    choosesWhatAptChooses(RandomUniverse::withoutCircles, (random, index) -> index);
  }

  /** Names with {@code :any} and architectures behind them, and fields written in every way. */
  @Test
  void readsIndexesOfOthersAsAptReadsThem() throws Exception {
    choosesWhatAptChooses(
        RandomUniverse::withQualifiers, (random, index) -> new OddIndex(random).of(index));
  }

  private void choosesWhatAptChooses(
      LongFunction<RandomUniverse> universes, BiFunction<Random, String, String> written)
      throws Exception {
    int resolved =
        Campaign.count(
            ARCHIVES,
            random -> {
              RandomUniverse world = universes.apply(random.nextLong());
              String[] paragraphs = world.paragraphs().toArray(String[]::new);
              String index = written.apply(random, TestUniverse.index(paragraphs));
              Resolver resolver = new Resolver(TestUniverse.ofIndex(index));
              AptRoot apt = publish(Files.createTempDirectory(directory, "archive"), index);
              boolean met = false;
              for (int query = 0; query < 4; query++) {
                List<String> wanted = world.wanted();
                boolean recommends = query == 3;
                Optional<Map<String, String>> expected = apt.choose(wanted, recommends);

                Optional<Map<String, String>> chosen = choose(resolver, wanted, recommends);

                assertThat(chosen).as("%s", wanted).isEqualTo(expected);
                met |= chosen.isPresent();
              }
              return met;
            });

    assertThat(resolved).as("enough of them could be met").isGreaterThan(ARCHIVES / 2);
  }

  private static AptRoot publish(Path root, String index) throws Exception {
    Path archive = Files.createDirectories(root.resolve("archive"));
    Files.writeString(archive.resolve("Packages"), index);
    return new AptRoot(root, List.of("deb [trusted=yes] file:" + archive + " ./")).update();
  }

  private static Optional<Map<String, String>> choose(
      Resolver resolver, List<String> wanted, boolean recommends) throws IOException {
    Map<String, String> reasons = new java.util.LinkedHashMap<>();
    wanted.forEach(name -> reasons.put(name, "wanted"));
    return resolver.resolve(new Request(false, reasons, recommends)) instanceof Resolved good
        ? Optional.of(
            good.packages().stream()
                .map(Resolution.Chosen::candidate)
                .collect(
                    Collectors.toMap(
                        each -> each.name(),
                        each -> each.version().text(),
                        (a, b) -> a,
                        TreeMap::new)))
        : Optional.empty();
  }
}
