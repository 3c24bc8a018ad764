package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.BinaryPackage;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A choice that was made again, where the first did not hold, without what stood in its way.
 *
 * @param first what apt's order alone gives
 * @param last one without faults, or the one after which nothing was left to do without
 */
record RepeatedChoice(Attempt first, Attempt last) {
  static RepeatedChoice of(
      Universe universe, Map<BinaryPackage, String> roots, boolean recommends, Preference liked) {
    Set<BinaryPackage> refused = new LinkedHashSet<>();
    Attempt first = Attempt.choosing(universe, roots, refused, recommends, liked);
    Attempt attempt = first;
    while (!attempt.faults().isEmpty()) {
      Optional<BinaryPackage> culprit = attempt.culprits().filter(refused::add).findFirst();
      if (culprit.isEmpty()) {
        break;
      }
      attempt = Attempt.choosing(universe, roots, refused, recommends, liked);
    }
    return new RepeatedChoice(first, attempt);
  }

  boolean holds() {
    return last.faults().isEmpty();
  }
}
