package dev.kiln.builder.distro.debian;

import dev.kiln.builder.distro.ArchiveAccess;
import dev.kiln.builder.distro.Choice;
import dev.kiln.builder.distro.PackageArchive;
import dev.kiln.builder.distro.PackageWish;
import dev.kiln.builder.distro.debian.archive.SignedSuite;
import dev.kiln.builder.distro.debian.index.IndexEntry;
import dev.kiln.builder.distro.debian.index.SourceEntry;
import dev.kiln.builder.distro.debian.resolve.Request;
import dev.kiln.builder.distro.debian.resolve.Resolution;
import dev.kiln.builder.distro.debian.resolve.Resolution.Unresolvable;
import dev.kiln.builder.distro.debian.resolve.Resolver;
import dev.kiln.builder.distro.debian.resolve.Universe;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedIndex;
import dev.kiln.lock.LockedSet;
import dev.kiln.lock.LockedSource.SourceFile;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.profile.Making;
import dev.kiln.profile.Repository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Debian's repositories: packages are chosen as apt chooses them. */
final class DebianArchive implements PackageArchive {
  private final ArchiveAccess access;
  private final OpenSuites suites;
  private final FlawNotes flaws;
  private final Map<Offer, Universe> universes = new HashMap<>();

  /** What choices among the same packages have in common. */
  private record Offer(List<SignedSuite> suites, String architecture) {}

  DebianArchive(ArchiveAccess access) {
    this.access = access;
    this.suites = new OpenSuites(access);
    this.flaws = new FlawNotes(access.progress());
  }

  @Override
  public Choice choose(PackageWish wish) {
    return wish.before()
        .flatMap(before -> new KeptSet(wish, before).keep())
        .orElseGet(() -> chooseFromIndexes(wish));
  }

  private Choice chooseFromIndexes(PackageWish wish) {
    List<SignedSuite> open =
        access.progress().step("read-releases", () -> suites.of(wish.repositories()));
    List<IndexEntry> entries =
        access.progress().step("read-packages", () -> suites.packages(open, wish.architecture()));
    List<LockedIndex> indexes = locked(open, wish.repositories());
    // To put tens of thousands of packages in order takes longer than to choose among them.
    Universe universe =
        universes.computeIfAbsent(
            new Offer(open, wish.architecture()),
            offer -> new Universe(entries, offer.architecture()));
    Resolver resolver = new Resolver(universe);
    Resolution resolution =
        before(wish)
            .map(before -> LockedEntries.preferred(before, wish, entries))
            .map(preferred -> resolver.resolve(request(wish), preferred))
            .orElseGet(() -> resolver.resolve(request(wish)));
    flaws.tell(universe.flaws());
    return ChosenSet.of(advised(resolution, open).orThrow(), wish, indexes);
  }

  /** What is missing may be in a component that the profile does not take. */
  private static Resolution advised(Resolution resolution, List<SignedSuite> open) {
    String others =
        open.stream()
            .filter(suite -> !suite.otherComponents().isEmpty())
            .map(
                suite ->
                    suite.suite().repository()
                        + "/"
                        + suite.suite().name()
                        + " ("
                        + String.join(", ", suite.otherComponents())
                        + ")")
            .distinct()
            .collect(Collectors.joining(", "));
    return resolution instanceof Unresolvable failed && !others.isEmpty()
        ? failed.advising("components that the profile does not take: " + others)
        : resolution;
  }

  /** What was locked of another distribution, or for another architecture, says nothing here. */
  private static Optional<LockedSet> before(PackageWish wish) {
    return wish.before()
        .filter(set -> set.distribution().name().equals(wish.distribution().name()))
        .filter(set -> set.architecture().equals(wish.architecture()));
  }

  static Request request(PackageWish wish) {
    return new Request(wish.system(), wish.wanted(), wish.recommends());
  }

  private List<LockedIndex> locked(List<SignedSuite> open, Map<String, Repository> repositories) {
    return open.stream()
        .map(
            suite ->
                suites.locked(
                    suite, Objects.requireNonNull(repositories.get(suite.suite().repository()))))
        .toList();
  }

  @Override
  public void verify(Repository repository, String suite) {
    suites.verify(repository, suite);
  }

  @Override
  public ChosenSource source(Making.Source wanted, Map<String, Repository> repositories) {
    Repository repository =
        Objects.requireNonNull(repositories.get(wanted.repository()), wanted.repository());
    List<SignedSuite> searched = suites.of(repository);
    for (SignedSuite suite : searched) {
      Optional<SourceEntry> found = suite.source(wanted.packageName(), wanted.version());
      if (found.isPresent()) {
        return chosen(found.get(), suites.locked(suite, repository));
      }
    }
    throw KilnException.input(
        "the source package "
            + wanted.packageName()
            + " "
            + wanted.version()
            + " is in no suite of the repository "
            + wanted.repository()
            + ": "
            + searched.stream()
                .map(suite -> suite.suite().name())
                .collect(Collectors.joining(", ")),
        "Check its version, or add a suite that has it");
  }

  private static ChosenSource chosen(SourceEntry found, LockedIndex index) {
    List<SourceFile> files = new ArrayList<>();
    found
        .files()
        .forEach(
            file ->
                files.add(new SourceFile(index.name(), file.path(), file.size(), file.digest())));
    return new ChosenSource(
        new SourcePackage(found.name(), found.version(), files), List.of(index));
  }
}
