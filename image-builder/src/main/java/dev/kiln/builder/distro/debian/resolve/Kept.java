package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.Alternatives;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import java.util.ArrayList;
import java.util.List;

/** What was chosen before and apt's order does not come to: it stays, where it fits. */
final class Kept {
  private final Marks marks;
  private final List<BinaryPackage> staying;

  Kept(Marks marks, Preference liked) {
    this.marks = marks;
    this.staying =
        new ArrayList<>(
            marks.possible(liked.kept()).stream()
                .filter(candidate -> !marks.isInstalled(candidate))
                .toList());
  }

  /** Marks those that have what they need and conflict with nothing. */
  void stayWhereTheyFit() {
    staying.removeIf(candidate -> marks.installed().stream().anyMatch(candidate::conflictsWith));
    boolean changed = true;
    while (changed) {
      changed = staying.removeIf(candidate -> !candidate.needs().allMatch(this::isMet));
      changed |= staying.removeIf(this::conflictsWithAnEarlierOne);
    }
    staying.forEach(marks::install);
  }

  private boolean isMet(Alternatives group) {
    return marks.isMet(group) || staying.stream().anyMatch(group::acceptAny);
  }

  private boolean conflictsWithAnEarlierOne(BinaryPackage candidate) {
    return staying.subList(0, staying.indexOf(candidate)).stream()
        .anyMatch(candidate::conflictsWith);
  }
}
