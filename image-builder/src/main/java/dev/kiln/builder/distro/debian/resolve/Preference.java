package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.BinaryPackage;
import java.util.Map;
import java.util.Set;

/**
 * What a choice prefers to apt's own order, because it was chosen before.
 *
 * @param locked every package that was, to its reason
 * @param kept those of them that still are asked for: they stay where they fit
 * @param settled those of the kept whose recommendations were decided about before
 * @param guarding whether what merely could be chosen must not drive out what is kept
 */
record Preference(
    Map<String, String> locked, Set<String> kept, Set<String> settled, boolean guarding) {
  /** Of apt's order alone. */
  static Preference none() {
    return new Preference(Map.of(), Set.of(), Set.of(), false);
  }

  boolean isLocked(BinaryPackage candidate) {
    return locked.containsKey(candidate.name());
  }

  boolean isKept(BinaryPackage candidate) {
    return kept.contains(candidate.name());
  }

  /** Whether what a package recommends is still to be decided about. */
  boolean opens(BinaryPackage owner) {
    return !settled.contains(owner.name());
  }

  /** Whether a package that nothing needs may stay for this reason: for another one it came. */
  boolean keeps(BinaryPackage candidate, String reason) {
    return reason.equals(locked.getOrDefault(candidate.name(), reason));
  }
}
