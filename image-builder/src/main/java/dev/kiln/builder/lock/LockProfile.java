package dev.kiln.builder.lock;

import dev.kiln.builder.debian.BinaryPackage;
import dev.kiln.builder.debian.IndexEntry;
import dev.kiln.builder.debian.archive.ArchiveSource;
import dev.kiln.builder.debian.archive.Keyring;
import dev.kiln.builder.debian.archive.SignedSuite;
import dev.kiln.builder.debian.archive.Suite;
import dev.kiln.builder.debian.resolve.Request;
import dev.kiln.builder.debian.resolve.Resolution.Chosen;
import dev.kiln.builder.debian.resolve.Resolver;
import dev.kiln.builder.debian.resolve.Universe;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.mirror.MirrorSource;
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.builder.progress.Progress;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedPin;
import dev.kiln.lock.LockedRepository;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Repository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes a lock: reads what the repositories sign, and chooses exactly which bytes to take. */
public final class LockProfile {
  private final Function<String, ArchiveSource> sources;
  private final Progress progress;
  private final Clock clock;

  /**
   * Locks with these means.
   *
   * @param clock that the repositories' dates are compared with
   */
  public LockProfile(Fetcher fetcher, Mirrors mirrors, Progress progress, Clock clock) {
    this(repository -> new MirrorSource(repository, mirrors, fetcher), progress, clock);
  }

  /**
   * Locks with the files of any source.
   *
   * @param sources the files of each repository, by the profile's name of it
   */
  LockProfile(Function<String, ArchiveSource> sources, Progress progress, Clock clock) {
    this.sources = sources;
    this.progress = progress;
    this.clock = clock;
  }

  /** Chooses; the same repositories give the same lock, wherever and whenever they are read. */
  public Lock lock(Profile profile) {
    List<SignedSuite> suites = progress.step("read-releases", () -> openSuites(profile));
    Resolver resolver = progress.step("read-packages", () -> readPackages(profile, suites));
    List<LockedPackage> packages = progress.step("choose-packages", () -> os(profile, resolver));
    List<LockedPackage> kit = progress.step("choose-kit", () -> kit(profile, resolver));
    List<LockedBuild> builds =
        progress.step("choose-builds", () -> new ChooseBuilds(suites, resolver).choose(profile));
    return new Lock(
        Lock.VERSION,
        profile.name(),
        profile.digest(),
        profile.architecture().toString(),
        suites.stream().map(LockProfile::locked).toList(),
        packages,
        kit,
        pins(profile),
        builds);
  }

  private List<SignedSuite> openSuites(Profile profile) {
    List<SignedSuite> suites = new ArrayList<>();
    for (Repository repository : profile.repositories().values()) {
      ArchiveSource source = sources.apply(repository.name());
      Keyring keyring = Keyring.read(repository.keyring().name(), repository.keyring().bytes());
      for (String name : repository.suites()) {
        Suite suite = new Suite(repository.name(), name, repository.components(), keyring);
        suites.add(SignedSuite.open(source, suite, clock.instant()));
      }
    }
    return suites;
  }

  private static Resolver readPackages(Profile profile, List<SignedSuite> suites) {
    String architecture = profile.architecture().toString();
    List<IndexEntry> entries = new ArrayList<>();
    suites.forEach(suite -> entries.addAll(suite.packages(architecture)));
    return new Resolver(new Universe(entries, architecture));
  }

  private static List<LockedPackage> os(Profile profile, Resolver resolver) {
    Request request =
        new Request(true, profile.packages().include(), profile.packages().recommends());
    return locked(resolver.resolve(request).orThrow().packages());
  }

  /** No essential packages: the tools run in a root that holds nothing but themselves. */
  private static List<LockedPackage> kit(Profile profile, Resolver resolver) {
    return locked(resolver.resolve(new Request(false, profile.kit(), false)).orThrow().packages());
  }

  /** With the pin's own addresses: a zone's are put before them when they are fetched. */
  static List<LockedPin> pins(Profile profile) {
    return profile.pins().values().stream()
        .map(pin -> new LockedPin(pin.name(), pin.version(), pin.sha256(), pin.addresses()))
        .toList();
  }

  static List<LockedPackage> locked(List<Chosen> packages) {
    return packages.stream().map(chosen -> locked(chosen.candidate(), chosen.reason())).toList();
  }

  private static LockedPackage locked(BinaryPackage chosen, String reason) {
    return new LockedPackage(
        chosen.name(),
        chosen.version().text(),
        chosen.architecture(),
        chosen.origin().repository(),
        chosen.path(),
        chosen.size(),
        chosen.digest(),
        reason);
  }

  private static LockedRepository locked(SignedSuite suite) {
    return new LockedRepository(
        suite.suite().repository(), suite.suite().name(), suite.date(), suite.digest());
  }
}
