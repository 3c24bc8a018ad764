package dev.kiln.builder.distro.debian;

import dev.kiln.builder.distro.Choice;
import dev.kiln.builder.distro.PackageWish;
import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import dev.kiln.builder.distro.debian.resolve.Resolver;
import dev.kiln.builder.distro.debian.resolve.Universe;
import dev.kiln.lock.LockedIndex;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSet;
import dev.kiln.profile.Repository;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was locked before, asked whether it still does: by its own relations alone, so that a lock
 * that needs no change needs no mirror.
 */
final class KeptSet {
  private final PackageWish wish;
  private final LockedSet before;

  KeptSet(PackageWish wish, LockedSet before) {
    this.wish = wish;
    this.before = before;
  }

  /** The set, less what nothing asks for any more; empty where the indexes must be read. */
  Optional<Choice> keep() {
    if (!before.distribution().equals(wish.distribution())
        || !before.architecture().equals(wish.architecture())
        || (wish.recommends() && !before.recommends())
        || renews()
        || !isFromTheseRepositories()) {
      return Optional.empty();
    }
    Universe locked = new Universe(LockedEntries.of(before), wish.architecture());
    return new Resolver(locked)
                .resolve(
                    DebianArchive.request(wish), LockedEntries.preferred(before, wish, List.of()))
            instanceof Resolved kept
        ? Optional.of(ChosenSet.of(kept, wish, before.indexes()))
        : Optional.empty();
  }

  private boolean renews() {
    return wish.renewal().everything()
        || before.packages().stream().map(LockedPackage::name).anyMatch(wish.renewal()::covers);
  }

  /** The suites, components and keys of the profile are those that were read then. */
  private boolean isFromTheseRepositories() {
    return wish.repositories().values().stream().allMatch(this::wasRead)
        && LockedEntries.areOfferedAll(before, wish.repositories());
  }

  private boolean wasRead(Repository repository) {
    return repository.suites().stream()
        .allMatch(
            suite ->
                newest(repository, suite)
                    .filter(index -> index.components().equals(repository.components()))
                    .filter(index -> index.keyring().equals(OpenSuites.keys(repository)))
                    .isPresent());
  }

  /** Older generations are listed for the packages that still come from them. */
  private Optional<LockedIndex> newest(Repository repository, String suite) {
    return before.indexes().stream()
        .filter(index -> index.name().isOf(repository.name(), suite))
        .max(Comparator.comparing(index -> index.name().time()));
  }
}
