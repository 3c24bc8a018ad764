package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.Alternatives;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Tries every set of the candidates: whether any holds, for archives of a few dozen packages. */
final class Exhaustive {
  private final Universe universe;

  Exhaustive(Universe universe) {
    this.universe = universe;
  }

  /** Whether some set has all of these. */
  boolean canHold(Collection<String> names) {
    List<BinaryPackage> all = new ArrayList<>();
    for (String name : names) {
      Optional<BinaryPackage> candidate = universe.candidate(name);
      if (candidate.isEmpty()) {
        return false;
      }
      all.add(candidate.get());
    }
    return canHold(all, List.of());
  }

  private boolean canHold(List<BinaryPackage> chosen, List<BinaryPackage> refused) {
    if (chosen.stream().anyMatch(one -> chosen.stream().anyMatch(one::conflictsWith))) {
      return false;
    }
    Optional<Alternatives> unmet =
        chosen.stream()
            .flatMap(BinaryPackage::needs)
            .filter(group -> chosen.stream().noneMatch(group::acceptAny))
            .findFirst();
    return unmet.isEmpty() || canHoldWithAnyOf(unmet.get(), chosen, refused);
  }

  private boolean canHoldWithAnyOf(
      Alternatives group, List<BinaryPackage> chosen, List<BinaryPackage> refused) {
    List<BinaryPackage> tried = new ArrayList<>(refused);
    List<BinaryPackage> answers =
        group.relations().stream()
            .flatMap(relation -> universe.answersTo(relation).stream())
            .toList();
    for (BinaryPackage answer : answers) {
      if (!tried.contains(answer)) {
        List<BinaryPackage> more = new ArrayList<>(chosen);
        more.add(answer);
        if (canHold(more, tried)) {
          return true;
        }
        tried.add(answer);
      }
    }
    return false;
  }
}
