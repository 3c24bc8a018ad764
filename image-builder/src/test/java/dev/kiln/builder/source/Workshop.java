package dev.kiln.builder.source;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.TestCache;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.kit.PrepareKit;
import dev.kiln.builder.lock.LockProfile;
import dev.kiln.builder.lock.LockRequest;
import dev.kiln.builder.mirror.LockedFiles;
import dev.kiln.builder.mirror.ProfileMirrors;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.packages.ReadyPackages;
import dev.kiln.builder.progress.PlainProgress;
import dev.kiln.builder.progress.Progress;
import dev.kiln.file.InputFiles;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What tests of builds need of the real world: a profile locked against the host's mirror, its
 * tools, and the packages of its toolchains. All of it is kept in the cache of the tests, where a
 * bake finds it again.
 */
final class Workshop {
  /** Of the toolchains that are built with here. */
  static final BuildFormats FORMATS =
      new BuildFormats(
          KnownFamilies.DEBIAN.packages(), KnownFamilies.DEBIAN.sources(), "amd64", "amd64");

  private final Cache cache = new Cache(TestCache.path());
  private final Progress progress = new PlainProgress("test", System.err, Optional.empty());
  private final Fetcher fetcher = new Fetcher(cache, progress, System.getenv());
  private final ReadyPackages packages =
      new ReadyPackages(cache, fetcher, KnownFamilies.DEBIAN.packages());
  private final Profile profile;
  private final Lock lock;
  private final LockedFiles files;
  private final Kit kit;

  private Workshop(Profile profile, Path scratch) {
    this.profile = profile;
    ProfileMirrors mirrors =
        ProfileMirrors.choose(
            profile,
            profile.zone(ZoneName.DEFAULT),
            List.of(),
            Path.of("/nonexistent"),
            new InputFiles(),
            KnownFamilies.HOST);
    this.lock =
        new LockProfile(KnownFamilies.ALL, fetcher, mirrors, progress, Clock.systemUTC())
            .lock(LockRequest.first(profile, "amd64"))
            .lock();
    this.files = new LockedFiles(mirrors.together().orElseThrow());
    List<LockedPackage> tools = lock.kit("amd64").orElseThrow().packages();
    this.kit =
        new PrepareKit(cache, KnownFamilies.DEBIAN.packages(), "amd64", scratch)
            .prepare(ready(tools));
  }

  /**
   * Locks a profile and prepares its tools.
   *
   * @param profile a name of the catalog, or a path
   * @param scratch a directory that lives as long as the tools are used
   */
  static Workshop open(String profile, Path scratch) {
    return new Workshop(KnownFamilies.CATALOG.find(profile), scratch);
  }

  Cache cache() {
    return cache;
  }

  Profile profile() {
    return profile;
  }

  Progress progress() {
    return progress;
  }

  Kit kit() {
    return kit;
  }

  Path kitDirectory() {
    return cache.findEntry("kit", kit.key()).orElseThrow().path();
  }

  LockedBuild build(String name) {
    return lock.builds().stream()
        .filter(build -> build.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The toolchain of Kubernetes without Go: enough to unpack sources and to run a shell. */
  List<LockedPackage> toolchainWithoutCompiler() {
    return build("kubernetes").toolchain().stream()
        .filter(each -> !each.name().startsWith("golang-"))
        .toList();
  }

  List<ReadyPackage> ready(List<LockedPackage> wanted) {
    return packages.readyAll(wanted, files::of);
  }

  BuildInputs.OfPackage bring(LockedBuild build) {
    List<Download> sources =
        ((SourcePackage) build.source()).files().stream().map(files::of).toList();
    fetcher.fetchAll(sources);
    return new BuildInputs.OfPackage(
        sources.stream().map(source -> cache.file(source.digest())).toList(),
        ready(build.toolchain()));
  }
}
