package dev.kiln.builder.lock;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.distro.debian.archive.Keyring;
import dev.kiln.builder.distro.debian.archive.SignedSuite;
import dev.kiln.builder.distro.debian.archive.Suite;
import dev.kiln.builder.distro.debian.index.IndexEntry;
import dev.kiln.builder.distro.debian.resolve.AptRoot;
import dev.kiln.builder.distro.debian.resolve.Locked;
import dev.kiln.builder.distro.debian.resolve.Request;
import dev.kiln.builder.distro.debian.resolve.Resolution.Chosen;
import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import dev.kiln.builder.distro.debian.resolve.Resolver;
import dev.kiln.builder.distro.debian.resolve.TestLock;
import dev.kiln.builder.distro.debian.resolve.Universe;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.mirror.MirrorSource;
import dev.kiln.builder.mirror.ProfileMirrors;
import dev.kiln.builder.progress.Progress;
import dev.kiln.file.Digest;
import dev.kiln.file.InputFiles;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.profile.Making;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Repository;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** apt is the judge, on Debian's own archive, read from the host's mirror. */
class AptParityIT {
  /** One seed: the names change with the archive, not from run to run. */
  private static final long SEED = 12;

  private static final int SETS = 30;
  private static final int LOCKS = 12;

  @TempDir private static Path directory;
  private static Profile profile;
  private static ProfileMirrors mirrors;
  private static Fetcher fetcher;

  @SuppressWarnings("NullAway.Init")
  private static AptRoot apt;

  @SuppressWarnings("NullAway.Init")
  private static List<IndexEntry> entries;

  private static Universe universe;

  @BeforeAll
  static void readTheArchive() throws Exception {
    profile = KnownFamilies.CATALOG.find("debian12");
    mirrors =
        ProfileMirrors.choose(
            profile,
            profile.zone(ZoneName.DEFAULT),
            List.of(),
            directory.resolve("absent"),
            new InputFiles(),
            KnownFamilies.HOST);
    Progress progress = Progress.open("test", Optional.empty(), Map.of());
    fetcher = new Fetcher(new Cache(directory.resolve("cache")), progress, System.getenv());
    readUntilBothReadTheSame();
    universe = new Universe(entries, "amd64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"debian12", "debian12-source"})
  void locksForEachProfileWhatAptChooses(String name) throws Exception {
    Profile wanted = KnownFamilies.CATALOG.find(name);
    Progress progress = Progress.open("test", Optional.empty(), Map.of());

    Lock lock =
        new LockProfile(KnownFamilies.ALL, fetcher, mirrors, progress, Clock.systemUTC())
            .lock(LockRequest.first(wanted, "amd64"))
            .lock();

    assertThat(set(lock.packages())).isEqualTo(chosenByApt(withBase(wanted.packages().include())));
    assertThat(set(lock.kit("amd64").orElseThrow().packages()))
        .isEqualTo(chosenByApt(wanted.kit().host().keySet()));
    assertThat(set(lock.boot().packages())).isEqualTo(chosenByApt(wanted.kit().boot().keySet()));
    for (LockedBuild build : lock.builds()) {
      if (requireNonNull(wanted.builds().get(build.name())).making()
          instanceof Making.OfPackage made) {
        assertThat(set(build.toolchain())).isEqualTo(chosenByApt(withBase(made.toolchain())));
      }
    }
  }

  @Test
  void choosesForSampledPackagesWhatAptChooses() throws Exception {
    List<String> names = entries.stream().map(IndexEntry::name).distinct().sorted().toList();
    Random random = new Random(SEED);
    for (int number = 0; number < SETS; number++) {
      Map<String, String> wanted = new LinkedHashMap<>();
      for (int i = 0; i <= random.nextInt(4); i++) {
        wanted.put(names.get(random.nextInt(names.size())), "sampled");
      }
      boolean base = random.nextBoolean();
      boolean recommends = random.nextInt(4) == 0;
      Collection<String> asked = base ? withBase(wanted) : wanted.keySet();

      assertThat(choose(new Request(base, wanted, recommends)))
          .as("seed %d, number %d: %s", SEED, number, wanted.keySet())
          .isEqualTo(apt.choose(asked, recommends));
    }
  }

  /** What was locked before the suites of updates were there. */
  @Test
  void movesOfALockWhatAptMovesWithPreferencesForTheRest() throws Exception {
    Request request = new Request(true, profile.packages().include(), false);
    Resolved first = new Resolver(bookwormAlone()).resolve(request).orThrow();
    Resolver later = new Resolver(universe);
    List<String> names = entries.stream().map(IndexEntry::name).distinct().sorted().toList();
    List<String> outdated =
        first.packages().stream()
            .filter(each -> !isCandidate(each))
            .map(each -> each.candidate().name())
            .toList();
    Random random = new Random(SEED);

    Resolved unchanged = later.resolve(request, TestLock.of(first.packages(), false)).orThrow();

    assertThat(versions(unchanged)).isEqualTo(versions(first));
    assertThat(unchanged.moves()).isEmpty();
    for (int number = 0; number < LOCKS; number++) {
      Map<String, String> wanted = new LinkedHashMap<>(profile.packages().include());
      wanted.put(names.get(random.nextInt(names.size())), "sampled");
      Set<String> updated = new TreeSet<>();
      if (number % 2 == 0 && !outdated.isEmpty()) {
        updated.add(outdated.get(random.nextInt(outdated.size())));
      }
      Locked lock = TestLock.of(first.packages(), false, updated);
      if (later.resolve(new Request(true, wanted, false), lock) instanceof Resolved again) {
        assertAptMovesTheSame(versions(first), again, wanted, updated);
      }
    }
  }

  private static void assertAptMovesTheSame(
      Map<String, String> before, Resolved again, Map<String, String> wanted, Set<String> updated)
      throws Exception {
    Map<String, String> after = versions(again);
    Map<String, String> pinned = new TreeMap<>(before);
    pinned.entrySet().removeIf(one -> !one.getValue().equals(after.get(one.getKey())));
    List<String> asked = withBase(wanted);

    assertThat(apt.prefer(pinned, Set.of()).choose(asked, false))
        .as("with %s", wanted.keySet())
        .contains(after);
    Set<String> moved = new TreeSet<>(before.keySet());
    moved.retainAll(after.keySet());
    moved.removeAll(pinned.keySet());
    moved.removeAll(updated);
    for (String name : moved) {
      Map<String, String> tighter = new TreeMap<>(pinned);
      tighter.put(name, before.getOrDefault(name, ""));
      Set<String> all = new TreeSet<>(asked);
      all.add(name);
      all.addAll(updated);
      assertThat(apt.prefer(tighter, Set.of()).choose(all, false))
          .as("with %s, but %s as it was", wanted.keySet(), name)
          .isEmpty();
    }
  }

  private static Universe bookwormAlone() {
    return new Universe(
        entries.stream().filter(one -> one.origin().suite().equals("bookworm")).toList(), "amd64");
  }

  private static boolean isCandidate(Chosen chosen) {
    return universe
        .candidate(chosen.candidate().name())
        .filter(chosen.candidate()::equals)
        .isPresent();
  }

  private static Map<String, String> versions(Resolved resolved) {
    return resolved.packages().stream()
        .map(Chosen::candidate)
        .collect(toSet(each -> each.name(), each -> each.version().text()));
  }

  @AfterEach
  void preferNothing() throws IOException {
    apt.prefer(Map.of(), Set.of());
  }

  /** The mirror may be updated between the two: then both are read again. */
  private static void readUntilBothReadTheSame() throws Exception {
    for (int attempt = 0; attempt < 3; attempt++) {
      apt = new AptRoot(Files.createDirectory(directory.resolve("apt" + attempt)), sources());
      apt.update();
      List<SignedSuite> suites = openSuites();
      if (releasesOfApt().containsAll(suites.stream().map(SignedSuite::digest).toList())) {
        entries = new ArrayList<>();
        suites.forEach(suite -> entries.addAll(suite.packages("amd64")));
        return;
      }
    }
    throw new AssertionError("the mirror changed three times while it was read");
  }

  private static List<String> sources() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Repository repository : profile.repositories().values()) {
      Path keyring = directory.resolve(repository.name() + ".asc");
      Files.write(keyring, repository.keyring().bytes());
      for (String suite : repository.suites()) {
        lines.add(
            "deb [signed-by=%s] %s %s %s"
                .formatted(
                    keyring,
                    mirrors.image().roots(repository.name()).get(0),
                    suite,
                    String.join(" ", repository.components())));
      }
    }
    return lines;
  }

  private static List<SignedSuite> openSuites() {
    List<SignedSuite> suites = new ArrayList<>();
    for (Repository repository : profile.repositories().values()) {
      Keyring keyring = Keyring.read("keyring", repository.keyring().bytes());
      MirrorSource source = new MirrorSource(repository.name(), mirrors.image(), fetcher);
      for (String name : repository.suites()) {
        Suite suite = new Suite(repository.name(), name, repository.components(), keyring);
        suites.add(SignedSuite.open(source, suite, Instant.now()));
      }
    }
    return suites;
  }

  private static List<Digest> releasesOfApt() throws IOException {
    List<Digest> digests = new ArrayList<>();
    try (Stream<Path> files = Files.list(apt.lists())) {
      for (Path file : files.filter(each -> each.toString().endsWith("InRelease")).toList()) {
        digests.add(Digest.of(file));
      }
    }
    return digests;
  }

  private static Optional<Map<String, String>> choose(Request request) {
    return new Resolver(universe).resolve(request) instanceof Resolved good
        ? Optional.of(
            good.packages().stream()
                .map(each -> each.candidate())
                .collect(toSet(each -> each.name(), each -> each.version().text())))
        : Optional.empty();
  }

  private static Map<String, String> chosenByApt(Collection<String> names) throws Exception {
    return apt.choose(names, false).orElseThrow(() -> new AssertionError("apt refuses " + names));
  }

  private static List<String> withBase(Map<String, String> wanted) {
    return Stream.concat(
            universe.base().stream().map(each -> each.name()), wanted.keySet().stream())
        .toList();
  }

  private static Map<String, String> set(List<LockedPackage> packages) {
    return packages.stream().collect(toSet(LockedPackage::name, LockedPackage::version));
  }

  private static <T> Collector<T, ?, ? extends Map<String, String>> toSet(
      Function<T, String> name, Function<T, String> version) {
    return Collectors.toMap(name, version, (one, other) -> one, TreeMap::new);
  }
}
