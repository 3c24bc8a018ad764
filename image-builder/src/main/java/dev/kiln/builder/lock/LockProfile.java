package dev.kiln.builder.lock;

import dev.kiln.builder.distro.ArchiveAccess;
import dev.kiln.builder.distro.ArchiveSource;
import dev.kiln.builder.distro.Choice;
import dev.kiln.builder.distro.Families;
import dev.kiln.builder.distro.Family;
import dev.kiln.builder.distro.Move;
import dev.kiln.builder.distro.PackageArchive;
import dev.kiln.builder.distro.PackageWish;
import dev.kiln.builder.distro.Renewal;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.gomod.LockModules;
import dev.kiln.builder.mirror.MirrorSource;
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.builder.mirror.ProfileMirrors;
import dev.kiln.builder.progress.Progress;
import dev.kiln.lock.IndexName;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedDistribution;
import dev.kiln.lock.LockedIndex;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedPin;
import dev.kiln.lock.LockedSet;
import dev.kiln.lock.LockedSource.SourceFile;
import dev.kiln.profile.Distribution;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Toolset;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a lock: reads what the repositories sign, and chooses exactly which bytes to take. What the
 * lock before it says is kept as far as it does; where all of it does, nothing is read at all.
 */
public final class LockProfile {
  private final Families families;
  private final Places places;
  private final Progress progress;
  private final Clock clock;

  /**
   * Locks with these means.
   *
   * @param clock that the repositories' dates are compared with
   */
  public LockProfile(
      Families families, Fetcher fetcher, ProfileMirrors mirrors, Progress progress, Clock clock) {
    this(families, Places.of(mirrors, fetcher), progress, clock);
  }

  /** Locks with the files of any places. */
  LockProfile(Families families, Places places, Progress progress, Clock clock) {
    this.families = families;
    this.places = places;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Where the files of each repository are, by the profile's name of it.
   *
   * @param modules locks what is built of Go modules; asked where something is
   * @param together of the image's and the kit's, where no name means two of them: what is read of
   *     one is not read again for the other
   */
  record Places(
      Function<String, ArchiveSource> image,
      Function<String, ArchiveSource> kit,
      Supplier<LockModules> modules,
      Optional<Function<String, ArchiveSource>> together) {
    private static Places of(ProfileMirrors mirrors, Fetcher fetcher) {
      // One for all builds: it asks the checksum database for nothing twice.
      LockModules modules = new LockModules(fetcher, mirrors.modules());
      return new Places(
          of(mirrors.image(), fetcher),
          of(mirrors.kit(), fetcher),
          () -> modules,
          mirrors.together().map(both -> of(both, fetcher)));
    }

    private static Function<String, ArchiveSource> of(Mirrors mirrors, Fetcher fetcher) {
      return repository -> new MirrorSource(repository, mirrors, fetcher);
    }
  }

  /** The repositories of the image and those of its tools. */
  private record Archives(PackageArchive image, PackageArchive tools) {}

  /** Chooses; the same repositories give the same lock, wherever and whenever they are read. */
  public LockOutcome lock(LockRequest request) {
    Profile profile = request.profile();
    Archives archives = archives(request);
    Choice os = progress.step("choose-packages", () -> os(request, archives.image()));
    Choice kit = progress.step("choose-kit", () -> kit(request, archives.tools()));
    Choice boot = progress.step("choose-boot-tools", () -> boot(request, archives.tools()));
    ChooseBuilds.Chosen builds =
        progress.step(
            "choose-builds",
            () -> new ChooseBuilds(request, archives.image(), places.modules()).choose());
    Lock lock =
        new Lock(
            Lock.VERSION,
            profile.name(),
            profile.digest(),
            withIndexes(os.set(), builds),
            List.of(),
            List.of(),
            boot.set(),
            kits(request, kit.set()),
            pins(profile),
            builds.locked());
    return new LockOutcome(lock, moves(request, lock, os, kit, boot, builds));
  }

  private Archives archives(LockRequest request) {
    Family family = families.of(request.profile());
    Function<Lock, Stream<LockedSet>> image = lock -> Stream.of(lock.os());
    Function<Lock, Stream<LockedSet>> kit =
        lock -> Stream.concat(Stream.of(lock.boot()), lock.kits().stream());
    Family tools = families.ofTools(request.profile());
    if (family == tools && places.together().isPresent()) {
      PackageArchive both =
          family.archive(
              access(
                  request,
                  places.together().get(),
                  lock -> Stream.concat(image.apply(lock), kit.apply(lock))));
      return new Archives(both, both);
    }
    return new Archives(
        family.archive(access(request, places.image(), image)),
        tools.archive(access(request, places.kit(), kit)));
  }

  private ArchiveAccess access(
      LockRequest request,
      Function<String, ArchiveSource> files,
      Function<Lock, Stream<LockedSet>> locked) {
    return new ArchiveAccess(
        files,
        request.before().stream()
            .flatMap(locked)
            .flatMap(set -> set.indexes().stream())
            .map(LockedIndex::name)
            .toList(),
        request.allowOlder(),
        clock.instant(),
        progress);
  }

  private static Choice os(LockRequest request, PackageArchive archive) {
    Profile profile = request.profile();
    return archive.choose(
        new PackageWish(
            profile.repositories(),
            locked(profile.distribution()),
            profile.architecture().toString(),
            true,
            profile.packages().include(),
            profile.packages().recommends(),
            request.before().map(Lock::os),
            request.renewal()));
  }

  private static Choice kit(LockRequest request, PackageArchive tools) {
    return tools.choose(
        tools(
            request,
            request.hostArchitecture(),
            request.profile().kit().host(),
            request.before().flatMap(before -> before.kit(request.hostArchitecture()))));
  }

  private static Choice boot(LockRequest request, PackageArchive tools) {
    return tools.choose(
        tools(
            request,
            request.profile().architecture().toString(),
            request.profile().kit().boot(),
            request.before().map(Lock::boot)));
  }

  /** As a lock names it. */
  static LockedDistribution locked(Distribution of) {
    return new LockedDistribution(of.family(), of.name(), of.release());
  }

  /** No system around them: the tools run in a root that holds nothing but themselves. */
  private static PackageWish tools(
      LockRequest request,
      String architecture,
      Map<String, String> wanted,
      Optional<LockedSet> before) {
    Toolset kit = request.profile().kit();
    Renewal renewal = request.renewal().covers(LockRequest.KIT) ? Renewal.ALL : request.renewal();
    return new PackageWish(
        kit.repositories(),
        locked(kit.distribution()),
        architecture,
        false,
        wanted,
        false,
        before,
        renewal);
  }

  /** Another machine's kit stays as it was locked there, where it still has what is wanted. */
  private static List<LockedSet> kits(LockRequest request, LockedSet own) {
    List<LockedSet> kits = new ArrayList<>();
    request.before().map(Lock::kits).orElse(List.of()).stream()
        .filter(kit -> !kit.architecture().equals(own.architecture()))
        .filter(kit -> kit.distribution().equals(own.distribution()))
        .filter(kit -> kit.hasAll(request.profile().kit().host().keySet()))
        .forEach(kits::add);
    kits.add(own);
    kits.sort(Comparator.comparing(LockedSet::architecture));
    return kits;
  }

  /** Packages of toolchains may come from generations that no package of the system comes from. */
  private static LockedSet withIndexes(LockedSet os, ChooseBuilds.Chosen builds) {
    Set<IndexName> missing =
        builds.locked().stream().flatMap(LockProfile::indexesOf).collect(Collectors.toSet());
    List<LockedIndex> all = new ArrayList<>(os.indexes());
    all.forEach(index -> missing.remove(index.name()));
    builds.indexes().stream().filter(index -> missing.remove(index.name())).forEach(all::add);
    return new LockedSet(os.distribution(), os.architecture(), os.recommends(), all, os.packages());
  }

  private static Stream<IndexName> indexesOf(LockedBuild build) {
    return Stream.concat(
        build.toolchain().stream().map(LockedPackage::index),
        build
            .source()
            .map(
                source -> source.files().stream().map(SourceFile::index),
                modules -> Stream.empty()));
  }

  private static List<Move> moves(
      LockRequest request,
      Lock lock,
      Choice os,
      Choice kit,
      Choice boot,
      ChooseBuilds.Chosen builds) {
    List<Move> moves = new ArrayList<>(os.moves());
    moves.addAll(kit.moves());
    boot.moves().stream().filter(move -> !moves.contains(move)).forEach(moves::add);
    request.before().ifPresent(before -> moves.addAll(PinMoves.between(before, lock)));
    moves.addAll(builds.moves());
    return moves;
  }

  /** With the pin's own addresses: a zone's are put before them when they are fetched. */
  public static List<LockedPin> pins(Profile profile) {
    return profile.pins().values().stream()
        .map(pin -> new LockedPin(pin.name(), pin.version(), pin.sha256(), pin.addresses()))
        .toList();
  }
}
