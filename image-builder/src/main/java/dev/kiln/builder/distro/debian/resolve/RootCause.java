package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.Alternatives;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a need that is not met comes from in the end: something that nothing answers, or else two
 * packages that exclude each other.
 *
 * @param needing from the package whose need it is to the one that cannot have what it needs
 * @param need what the last of them needs
 * @param excludedBy what does not let the last of them be there; empty where it lacks something
 */
record RootCause(
    List<BinaryPackage> needing, Alternatives need, Optional<BinaryPackage> excludedBy) {
  RootCause {
    needing = List.copyOf(needing);
  }

  /** Whether nothing that the indexes have answers the need. */
  boolean isMissing() {
    return excludedBy.isEmpty();
  }

  /** The nearest one; empty where the packages were only given up for others. */
  static Optional<RootCause> of(
      BinaryPackage owner, Alternatives need, Universe universe, Attempt attempt) {
    Search search = new Search(universe, attempt);
    search.follow(List.of(owner), need);
    return search.found.stream()
        .min(
            Comparator.comparing((RootCause cause) -> !cause.isMissing())
                .thenComparing(cause -> cause.needing().size()));
  }

  /** Goes from each unmet need to what could answer it, and to the unmet needs of that. */
  private static final class Search {
    private final Universe universe;
    private final Attempt attempt;
    private final Set<String> seen = new HashSet<>();
    private final List<RootCause> found = new ArrayList<>();

    Search(Universe universe, Attempt attempt) {
      this.universe = universe;
      this.attempt = attempt;
    }

    void follow(List<BinaryPackage> needing, Alternatives need) {
      List<BinaryPackage> answers =
          need.relations().stream()
              .flatMap(relation -> universe.answersTo(relation).stream())
              .toList();
      if (answers.isEmpty()) {
        found.add(new RootCause(needing, need, Optional.empty()));
      }
      answers.stream()
          .filter(answer -> seen.add(answer.name()))
          .forEach(answer -> follow(needing, need, answer));
    }

    private void follow(List<BinaryPackage> needing, Alternatives need, BinaryPackage answer) {
      attempt.conflictsOf(answer).stream()
          .findFirst()
          .ifPresent(other -> found.add(new RootCause(needing, need, Optional.of(other))));
      List<BinaryPackage> further = new ArrayList<>(needing);
      further.add(answer);
      attempt.unmetNeedsOf(answer).forEach(unmet -> follow(further, unmet));
    }
  }
}
