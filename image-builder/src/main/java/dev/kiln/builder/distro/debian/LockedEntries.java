package dev.kiln.builder.distro.debian;

import dev.kiln.builder.distro.PackageWish;
import dev.kiln.builder.distro.Renewal;
import dev.kiln.builder.distro.debian.index.IndexEntry;
import dev.kiln.builder.distro.debian.index.PackageOrigin;
import dev.kiln.builder.distro.debian.resolve.Locked;
import dev.kiln.builder.distro.debian.resolve.Locked.LockedEntry;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSet;
import dev.kiln.profile.Repository;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A lock's packages as an index would describe them: by their own relations. */
final class LockedEntries {
  private LockedEntries() {}

  /** Everything, whatever was asked for. */
  static List<IndexEntry> of(LockedSet set) {
    return set.packages().stream().map(LockedEntries::entry).toList();
  }

  /** What is preferred for a wish: of the repositories that the profile still has. */
  static Locked preferred(LockedSet set, PackageWish wish) {
    return new Locked(
        set.packages().stream()
            .filter(each -> isOffered(each, wish.repositories()))
            .map(
                each -> new LockedEntry(entry(each), each.reason(), released(each, wish.renewal())))
            .toList(),
        set.recommends());
  }

  static boolean isOffered(LockedPackage each, Map<String, Repository> repositories) {
    Repository repository = repositories.get(each.repository());
    return repository != null && repository.suites().contains(each.index().suite());
  }

  private static Optional<String> released(LockedPackage each, Renewal renewal) {
    return renewal.covers(each.name()) ? Optional.of("asked for with --update") : Optional.empty();
  }

  private static IndexEntry entry(LockedPackage each) {
    return IndexEntry.of(
        each.name(),
        each.version(),
        each.architecture(),
        each.path(),
        each.size(),
        each.digest(),
        each.relations(),
        new PackageOrigin(each.repository(), each.index().suite(), PackageOrigin.ORDINARY));
  }
}
