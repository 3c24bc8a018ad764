package dev.kiln.builder.lock;

import dev.kiln.builder.distro.Choice;
import dev.kiln.builder.distro.Move;
import dev.kiln.builder.distro.PackageArchive;
import dev.kiln.builder.distro.PackageArchive.ChosenSource;
import dev.kiln.builder.distro.PackageWish;
import dev.kiln.builder.distro.Renewal;
import dev.kiln.builder.gomod.LockModules;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedIndex;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSet;
import dev.kiln.lock.LockedSource;
import dev.kiln.lock.LockedSource.GoModules;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Locks what a profile's built pins are made of. */
final class ChooseBuilds {
  private final LockRequest request;
  private final PackageArchive archive;
  private final Supplier<LockModules> modules;
  private final List<LockedIndex> indexes = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();

  ChooseBuilds(LockRequest request, PackageArchive archive, Supplier<LockModules> modules) {
    this.request = request;
    this.archive = archive;
    this.modules = modules;
  }

  /**
   * What was chosen.
   *
   * @param indexes those that named a source or a package of a toolchain
   */
  record Chosen(List<LockedBuild> locked, List<LockedIndex> indexes, List<Move> moves) {}

  Chosen choose() {
    List<LockedBuild> locked =
        request.profile().builds().values().stream().map(this::choose).toList();
    return new Chosen(locked, indexes, moves);
  }

  private LockedBuild choose(Build build) {
    Optional<LockedBuild> before =
        request.before().stream()
            .flatMap(lock -> lock.builds().stream())
            .filter(locked -> locked.name().equals(build.name()))
            .findFirst();
    LockedBuild locked =
        build.making() instanceof Making.OfPackage made
            ? ofPackage(build, made, before)
            : ofModules(build, (Making.OfModules) build.making(), before);
    if (request.before().isPresent()
        && !before.map(LockedBuild::version).equals(Optional.of(build.version()))) {
      moves.add(
          new Move(
              build.name(),
              before.map(LockedBuild::version),
              Optional.of(build.version()),
              "the profile says so"));
    }
    return locked;
  }

  private LockedBuild ofPackage(Build build, Making.OfPackage made, Optional<LockedBuild> before) {
    return new LockedBuild(
        build.name(),
        build.version(),
        source(build, made, before),
        toolchain(build, made, before),
        Recipe.digest(build));
  }

  private LockedSource source(Build build, Making.OfPackage made, Optional<LockedBuild> before) {
    Optional<LockedSource> kept =
        before
            .filter(locked -> !request.renewal().covers(build.name()))
            .map(LockedBuild::source)
            .filter(source -> isOf(made.source(), source));
    if (kept.isPresent()) {
      indexes.addAll(indexesBefore());
      return kept.get();
    }
    ChosenSource chosen = archive.source(made.source(), request.profile().repositories());
    indexes.addAll(chosen.indexes());
    return chosen.source();
  }

  private static boolean isOf(Making.Source wanted, LockedSource locked) {
    return locked instanceof SourcePackage source
        && source.name().equals(wanted.packageName())
        && source.version().equals(wanted.version())
        && source.files().get(0).index().repository().equals(wanted.repository());
  }

  /** A build runs in a system of its own: the base with a shell, and what it asks for. */
  private List<LockedPackage> toolchain(
      Build build, Making.OfPackage made, Optional<LockedBuild> before) {
    Renewal renewal = request.renewal().covers(build.name()) ? Renewal.ALL : request.renewal();
    Choice choice =
        archive.choose(
            new PackageWish(
                request.profile().repositories(),
                LockProfile.locked(request.profile().distribution()),
                request.profile().architecture().toString(),
                true,
                made.toolchain(),
                false,
                before.map(this::toolchainOf),
                renewal));
    indexes.addAll(choice.set().indexes());
    choice.moves().stream().map(move -> move.in(build.name())).forEach(moves::add);
    return choice.set().packages();
  }

  /** Modules bring their toolchain, and have no versions to choose: there is nothing to renew. */
  private LockedBuild ofModules(Build build, Making.OfModules made, Optional<LockedBuild> before) {
    Optional<GoModules> kept =
        before
            .filter(locked -> locked.version().equals(build.version()))
            .map(LockedBuild::source)
            .filter(GoModules.class::isInstance)
            .map(GoModules.class::cast);
    String host = request.hostArchitecture();
    GoModules locked =
        kept.filter(source -> LockModules.isLocked(made, source, host))
            .orElseGet(() -> modules.get().lock(build, made, host, kept));
    return new LockedBuild(build.name(), build.version(), locked, List.of(), Recipe.digest(build));
  }

  private LockedSet toolchainOf(LockedBuild before) {
    Lock lock = request.before().orElseThrow();
    return new LockedSet(
        lock.distribution(), lock.architecture(), false, indexesBefore(), before.toolchain());
  }

  private List<LockedIndex> indexesBefore() {
    return request.before().map(lock -> lock.os().indexes()).orElse(List.of());
  }
}
