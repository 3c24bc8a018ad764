package dev.kiln.lock;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Packages that go together, and the indexes they were chosen from.
 *
 * @param distribution whose packages they are
 * @param architecture of the machine they are for, such as {@code amd64}
 * @param recommends whether what they recommend was chosen too
 * @param indexes the newest generation of each index that was read, and older ones that packages
 *     still come from
 * @param packages sorted by name
 */
public record LockedSet(
    LockedDistribution distribution,
    String architecture,
    boolean recommends,
    List<LockedIndex> indexes,
    List<LockedPackage> packages) {
  public LockedSet {
    indexes = List.copyOf(indexes);
    packages = List.copyOf(packages);
    for (LockedPackage each : packages) {
      if (indexes.stream().noneMatch(index -> index.name().equals(each.index()))) {
        throw new IllegalArgumentException(
            each.name()
                + " comes from the index "
                + each.index()
                + ", which the lock does not list");
      }
    }
  }

  /** Whether packages of all these names are in it. */
  public boolean hasAll(Set<String> names) {
    return packages.stream()
        .map(LockedPackage::name)
        .collect(Collectors.toSet())
        .containsAll(names);
  }
}
