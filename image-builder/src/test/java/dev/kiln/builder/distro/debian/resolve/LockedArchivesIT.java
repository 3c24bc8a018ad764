package dev.kiln.builder.distro.debian.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * apt is the judge of what moves: on small archives that changed after something was chosen from
 * them, with preferences for the versions that were.
 */
class LockedArchivesIT {
  private static final int ARCHIVES = 40;

  /** One in some hundred archives calls apt's second resolver, whose choice may be another. */
  private static final int FEW = 4;

  private final long seed = new Random().nextLong();
  @TempDir private Path directory;

  @Test
  void choosesWhatAptChoosesWithPreferencesForWhatDidNotMove() throws Exception {
    List<String> different = new ArrayList<>();
    for (Case one : cases()) {
      Set<String> others = one.namesOfArchive();
      others.removeAll(one.before.keySet());
      others.removeAll(one.after.keySet());

      Map<String, String> byApt =
          one.apt.prefer(one.unmoved(), others).choose(one.wished, one.recommends).orElseThrow();

      // What apt would not have chosen is there because it was, and still is asked for.
      Set<String> added = new TreeSet<>(one.after.keySet());
      added.removeAll(byApt.keySet());
      added.removeAll(one.before.keySet());
      if (!added.isEmpty() || !one.after.entrySet().containsAll(byApt.entrySet())) {
        different.add(one.name);
      }
    }
    assertThat(different).as("seed %s", seed).hasSizeLessThan(FEW);
  }

  @Test
  void addsWhatAptAddsOnAMachineThatHasTheLockedPackages() throws Exception {
    List<String> different = new ArrayList<>();
    int seen = 0;
    for (Case one : cases()) {
      if (one.moved().isEmpty() && one.after.keySet().containsAll(one.before.keySet())) {
        seen++;
        AptRoot machine = one.apt.prefer(one.before, Set.of()).install(one.installed, one.wanted);

        if (!machine
            .change(one.before, one.wished, one.recommends)
            .equals(Optional.of(one.after))) {
          different.add(one.name);
        }
      }
    }
    assertThat(different).as("seed %s", seed).hasSizeLessThan(FEW);
    assertThat(seen).as("seed %s: enough of them only grew", seed).isGreaterThan(ARCHIVES / 8);
  }

  @Test
  void movesNoVersionThatAptCouldLeaveAsItWas() throws Exception {
    int seen = 0;
    for (Case one : cases()) {
      Set<String> asked = new TreeSet<>(one.before.keySet());
      asked.retainAll(one.after.keySet());
      asked.addAll(one.wished);
      for (String name : one.moved()) {
        seen++;
        Map<String, String> pinned = one.unmoved();
        pinned.put(name, one.before.getOrDefault(name, ""));

        assertThat(one.apt.prefer(pinned, Set.of()).choose(asked, one.recommends))
            .as("%s: with %s as it was", one.name, name)
            .isEmpty();
      }
    }
    assertThat(seen).as("seed %s: enough of them moved", seed).isGreaterThan(ARCHIVES / 20);
  }

  private List<Case> cases() throws Exception {
    List<Case> cases = new ArrayList<>();
    for (int number = 0; number < ARCHIVES; number++) {
      RandomUniverse random = RandomUniverse.withoutCircles(seed + number);
      List<String> now = random.paragraphs();
      List<String> later = random.later(now);
      List<String> wanted = random.wanted();
      boolean recommends = number % 4 == 0;
      List<String> wished = Stream.concat(wanted.stream(), Stream.of("new")).toList();
      if (resolver(now).resolve(request(wanted, recommends)) instanceof Resolved first
          && resolver(later)
                  .resolve(request(wished, recommends), TestLock.of(first.packages(), recommends))
              instanceof Resolved again) {
        Map<String, String> before = versions(first);
        List<String> installed =
            now.stream()
                .filter(paragraph -> before.containsKey(name(paragraph)))
                .map(TestUniverse::index)
                .toList();
        AptRoot apt = publish(directory.resolve("archive" + number), later, installed);
        cases.add(
            new Case(
                "seed " + (seed + number),
                recommends,
                wanted,
                wished,
                later,
                installed,
                before,
                versions(again),
                apt));
      }
    }
    return cases;
  }

  /** What changed between two choices, and apt before the archive as it is in the end. */
  private record Case(
      String name,
      boolean recommends,
      List<String> wanted,
      List<String> wished,
      List<String> archive,
      List<String> installed,
      Map<String, String> before,
      Map<String, String> after,
      AptRoot apt) {
    Set<String> namesOfArchive() {
      return archive.stream().map(LockedArchivesIT::name).collect(Collectors.toSet());
    }

    Set<String> moved() {
      Set<String> moved = new TreeSet<>(before.keySet());
      moved.removeIf(one -> after.getOrDefault(one, "gone").matches("gone|" + before.get(one)));
      return moved;
    }

    Map<String, String> unmoved() {
      Map<String, String> unmoved = new TreeMap<>(before);
      unmoved.keySet().removeAll(moved());
      return unmoved;
    }
  }

  /** The archive as it is, and beside it what was chosen before and is not there any more. */
  private static AptRoot publish(Path root, List<String> later, List<String> installed)
      throws IOException, InterruptedException {
    Path archive = Files.createDirectories(root.resolve("later"));
    Path locked = Files.createDirectories(root.resolve("locked"));
    Files.writeString(
        archive.resolve("Packages"), TestUniverse.index(later.toArray(String[]::new)));
    Files.writeString(locked.resolve("Packages"), String.join("", installed));
    return new AptRoot(
            root,
            Stream.of(archive, locked).map(at -> "deb [trusted=yes] file:" + at + " ./").toList())
        .update();
  }

  private static Resolver resolver(List<String> paragraphs) {
    return new Resolver(TestUniverse.of(paragraphs.toArray(String[]::new)));
  }

  private static Request request(List<String> wanted, boolean recommends) {
    Map<String, String> reasons = new LinkedHashMap<>();
    wanted.forEach(name -> reasons.put(name, "wanted"));
    return new Request(false, reasons, recommends);
  }

  private static Map<String, String> versions(Resolved resolved) {
    Map<String, String> versions = new TreeMap<>();
    resolved
        .packages()
        .forEach(each -> versions.put(each.candidate().name(), each.candidate().version().text()));
    return versions;
  }

  private static String name(String paragraph) {
    return paragraph.lines().findFirst().orElseThrow().replace("Package: ", "");
  }
}
