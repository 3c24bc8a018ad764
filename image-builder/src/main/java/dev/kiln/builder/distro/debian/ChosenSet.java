package dev.kiln.builder.distro.debian;

import dev.kiln.builder.distro.Choice;
import dev.kiln.builder.distro.PackageWish;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.resolve.Resolution.Chosen;
import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import dev.kiln.lock.IndexName;
import dev.kiln.lock.LockedIndex;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was chosen, as a lock writes it. What did not move stays in it as it was. */
final class ChosenSet {
  private final Map<String, LockedPackage> before;
  private final List<LockedIndex> read;

  private ChosenSet(Map<String, LockedPackage> before, List<LockedIndex> read) {
    this.before = before;
    this.read = read;
  }

  /**
   * Writes it.
   *
   * @param read the indexes it was chosen from
   */
  static Choice of(Resolved resolved, PackageWish wish, List<LockedIndex> read) {
    Optional<LockedSet> locked = wish.before();
    ChosenSet set =
        new ChosenSet(
            locked.stream()
                .flatMap(each -> each.packages().stream())
                .collect(Collectors.toMap(LockedPackage::name, Function.identity())),
            read);
    List<LockedPackage> packages = resolved.packages().stream().map(set::locked).toList();
    List<LockedIndex> indexes =
        set.indexes(locked.map(LockedSet::indexes).orElse(List.of()), packages);
    return new Choice(
        new LockedSet(
            wish.distribution(), wish.architecture(), wish.recommends(), indexes, packages),
        resolved.moves());
  }

  private LockedPackage locked(Chosen chosen) {
    BinaryPackage candidate = chosen.candidate();
    LockedPackage was = before.get(candidate.name());
    return was != null && was.digest().equals(candidate.digest())
        ? was.with(chosen.reason())
        : new LockedPackage(
            candidate.name(),
            candidate.version().text(),
            candidate.architecture(),
            index(candidate.origin().repository(), candidate.origin().suite()),
            candidate.path(),
            candidate.size(),
            candidate.digest(),
            chosen.reason(),
            candidate.relations());
  }

  private IndexName index(String repository, String suite) {
    return read.stream()
        .map(LockedIndex::name)
        .filter(name -> name.isOf(repository, suite))
        .findFirst()
        .orElseThrow();
  }

  /** Those that were read, and of the older ones those that something still comes from. */
  private List<LockedIndex> indexes(List<LockedIndex> older, List<LockedPackage> packages) {
    Set<IndexName> named = packages.stream().map(LockedPackage::index).collect(Collectors.toSet());
    List<LockedIndex> all = new ArrayList<>(read);
    Set<IndexName> listed = read.stream().map(LockedIndex::name).collect(Collectors.toSet());
    older.stream()
        .filter(index -> named.contains(index.name()) && listed.add(index.name()))
        .forEach(all::add);
    return all;
  }
}
