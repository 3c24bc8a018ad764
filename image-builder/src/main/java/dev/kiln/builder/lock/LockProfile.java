package dev.kiln.builder.lock;

import dev.kiln.builder.debian.BinaryPackage;
import dev.kiln.builder.debian.IndexEntry;
import dev.kiln.builder.debian.SourcePackage;
import dev.kiln.builder.debian.archive.Keyring;
import dev.kiln.builder.debian.archive.SignedSuite;
import dev.kiln.builder.debian.archive.Suite;
import dev.kiln.builder.debian.resolve.Request;
import dev.kiln.builder.debian.resolve.Resolution.Chosen;
import dev.kiln.builder.debian.resolve.Resolver;
import dev.kiln.builder.debian.resolve.Universe;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.builder.progress.Progress;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedBuild.LockedSourceFile;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedPin;
import dev.kiln.lock.LockedRepository;
import dev.kiln.profile.Build;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Repository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Chooses exactly which bytes an image is made of. */
public final class LockProfile {
  private final Fetcher fetcher;
  private final Mirrors mirrors;
  private final Progress progress;
  private final Clock clock;

  /**
   * Prepares.
   *
   * @param clock tells whether an index has expired
   */
  public LockProfile(Fetcher fetcher, Mirrors mirrors, Progress progress, Clock clock) {
    this.fetcher = fetcher;
    this.mirrors = mirrors;
    this.progress = progress;
    this.clock = clock;
  }

  /** Reads the repositories and resolves everything the profile names. */
  public Lock lock(Profile profile) {
    List<SignedSuite> suites = progress.step("read-repositories", () -> readRepositories(profile));
    Resolver resolver = progress.step("read-indexes", () -> readIndexes(profile, suites));
    return progress.step(
        "resolve",
        () ->
            new Lock(
                Lock.VERSION,
                profile.name(),
                profile.digest(),
                profile.architecture().toString(),
                repositories(suites),
                packages(resolver, profile),
                kit(resolver, profile),
                pins(profile),
                builds(resolver, profile, suites)));
  }

  private List<SignedSuite> readRepositories(Profile profile) {
    List<SignedSuite> suites = new ArrayList<>();
    for (Repository repository : profile.repositories().values()) {
      Keyring keyring = Keyring.read(repository.keyring().name(), repository.keyring().bytes());
      MirroredArchive archive = new MirroredArchive(fetcher, mirrors, repository.name());
      for (String suite : repository.suites()) {
        suites.add(
            SignedSuite.open(
                archive,
                new Suite(repository.name(), suite, repository.components(), keyring),
                clock.instant()));
      }
    }
    return suites;
  }

  private static Resolver readIndexes(Profile profile, List<SignedSuite> suites) {
    String architecture = profile.architecture().toString();
    List<IndexEntry> entries = new ArrayList<>();
    suites.forEach(suite -> entries.addAll(suite.packages(architecture)));
    return new Resolver(new Universe(entries, architecture));
  }

  private static List<LockedRepository> repositories(List<SignedSuite> suites) {
    return suites.stream()
        .map(
            suite ->
                new LockedRepository(
                    suite.suite().repository(), suite.suite().name(), suite.date(), suite.digest()))
        .toList();
  }

  private static List<LockedPackage> packages(Resolver resolver, Profile profile) {
    return locked(
        resolver
            .resolve(
                new Request(true, profile.packages().include(), profile.packages().recommends()))
            .orThrow());
  }

  /** The kit runs in a root of its own, which needs no base system. */
  private static List<LockedPackage> kit(Resolver resolver, Profile profile) {
    return locked(resolver.resolve(new Request(false, profile.kit(), false)).orThrow());
  }

  private static List<LockedPin> pins(Profile profile) {
    return profile.pins().values().stream()
        .map(pin -> new LockedPin(pin.name(), pin.version(), pin.sha256(), pin.addresses()))
        .toList();
  }

  private static List<LockedBuild> builds(
      Resolver resolver, Profile profile, List<SignedSuite> suites) {
    return profile.builds().values().stream().map(build -> build(build, resolver, suites)).toList();
  }

  private static LockedBuild build(Build build, Resolver resolver, List<SignedSuite> suites) {
    return new LockedBuild(
        build.name(),
        build.version(),
        source(build, suites),
        locked(resolver.resolve(new Request(true, build.toolchain(), false)).orThrow()),
        Digest.of(build.commands() + "\n" + build.outputs()));
  }

  private static List<LockedSourceFile> source(Build build, List<SignedSuite> suites) {
    Build.Source wanted = build.source();
    for (SignedSuite suite : suites) {
      if (suite.suite().repository().equals(wanted.repository())) {
        var found = suite.source(wanted.packageName(), wanted.version());
        if (found.isPresent()) {
          return found.get().files().stream().map(file -> locked(wanted, file)).toList();
        }
      }
    }
    throw KilnException.input(
        "the build '"
            + build.name()
            + "' wants the source package "
            + wanted.packageName()
            + " "
            + wanted.version()
            + ", which is in no suite of the repository "
            + wanted.repository(),
        "Name a version that 'apt-cache showsrc " + wanted.packageName() + "' lists");
  }

  private static LockedSourceFile locked(Build.Source source, SourcePackage.SourceFile file) {
    return new LockedSourceFile(source.repository(), file.path(), file.size(), file.digest());
  }

  private static List<LockedPackage> locked(List<Chosen> chosen) {
    return chosen.stream().map(LockProfile::locked).toList();
  }

  private static LockedPackage locked(Chosen chosen) {
    BinaryPackage candidate = chosen.candidate();
    return new LockedPackage(
        candidate.name(),
        candidate.version().toString(),
        candidate.architecture(),
        candidate.origin().repository(),
        candidate.path(),
        candidate.size(),
        candidate.digest(),
        chosen.reason());
  }
}
