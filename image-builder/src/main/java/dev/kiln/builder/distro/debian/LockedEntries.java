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
import java.util.Set;
import java.util.stream.Collectors;

/** A lock's packages as an index would describe them: by their own relations. */
final class LockedEntries {
  private LockedEntries() {}

  /** Everything, whatever was asked for. */
  static List<IndexEntry> of(LockedSet set) {
    return set.packages().stream().map(LockedEntries::entry).toList();
  }

  /**
   * What is preferred for a wish: of the repositories that the profile still has. Where a package
   * may come from a component that it has not any more, only what is in the indexes of today.
   */
  static Locked preferred(LockedSet set, PackageWish wish, List<IndexEntry> today) {
    Set<String> known =
        set.packages().stream().map(LockedPackage::name).collect(Collectors.toSet());
    Set<String> offered =
        today.stream()
            .filter(entry -> known.contains(entry.name()))
            .flatMap(entry -> entry.field("SHA256").stream())
            .collect(Collectors.toSet());
    return new Locked(
        set.packages().stream()
            .filter(each -> isOfTheRepositories(each, wish.repositories()))
            .filter(
                each ->
                    isOfTheComponents(each, set, wish.repositories())
                        || offered.contains(each.digest().hex()))
            .map(
                each -> new LockedEntry(entry(each), each.reason(), released(each, wish.renewal())))
            .toList(),
        set.recommends());
  }

  /** Whether the profile still has the repository and the suite of every package. */
  static boolean areOfferedAll(LockedSet set, Map<String, Repository> repositories) {
    return set.packages().stream()
        .allMatch(
            each ->
                isOfTheRepositories(each, repositories)
                    && isOfTheComponents(each, set, repositories));
  }

  private static boolean isOfTheRepositories(
      LockedPackage each, Map<String, Repository> repositories) {
    Repository repository = repositories.get(each.repository());
    return repository != null && repository.suites().contains(each.index().suite());
  }

  /** A lock says of an index, not of a package, of which components it was. */
  private static boolean isOfTheComponents(
      LockedPackage each, LockedSet set, Map<String, Repository> repositories) {
    Repository repository = repositories.get(each.repository());
    return repository != null
        && set.indexes().stream()
            .filter(index -> index.name().equals(each.index()))
            .allMatch(index -> repository.components().containsAll(index.components()));
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
