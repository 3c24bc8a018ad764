package dev.kiln.builder.debian.resolve;

import dev.kiln.builder.debian.Alternatives;
import dev.kiln.builder.debian.BinaryPackage;
import dev.kiln.builder.debian.resolve.Fault.Conflict;
import dev.kiln.builder.debian.resolve.Fault.Unmet;
import dev.kiln.builder.debian.resolve.Resolution.Chosen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One choice of packages, and what is wrong with it. */
final class Attempt {
  private final Map<BinaryPackage, String> roots;
  private final Marks marks;
  private final Reached reached;
  private final List<Fault> faults;

  /**
   * Chooses.
   *
   * @param roots what was asked for, to the reasons
   * @param refused what must not be chosen
   */
  Attempt(
      Universe universe,
      Map<BinaryPackage, String> roots,
      Set<BinaryPackage> refused,
      boolean recommends) {
    this.roots = roots;
    this.marks = new Marks(universe);
    refused.forEach(candidate -> marks.of(candidate).refused = true);
    new Marker(marks, universe.mentions(), recommends).installAll(List.copyOf(roots.keySet()));
    this.reached = new Reached(universe, marks, roots);
    this.faults = findFaults();
  }

  List<Fault> faults() {
    return faults;
  }

  List<Chosen> chosen() {
    return marks.installed().stream()
        .flatMap(
            candidate ->
                reached.reason(candidate).map(reason -> new Chosen(candidate, reason)).stream())
        .toList();
  }

  /** Packages without which the choice may go another way; never one that was asked for. */
  Stream<BinaryPackage> culprits() {
    Stream<BinaryPackage> faulty =
        faults.stream()
            .flatMap(
                fault ->
                    fault instanceof Conflict conflict
                        ? Stream.of(conflict.other(), conflict.owner())
                        : Stream.of(fault.owner()));
    return Stream.concat(marks.displaced().stream(), faulty)
        .filter(candidate -> !roots.containsKey(candidate));
  }

  /** Who asks for a package, up to the profile's words. */
  Optional<String> chainTo(BinaryPackage candidate) {
    return reached.chain(candidate);
  }

  List<Alternatives> unmetNeedsOf(BinaryPackage candidate) {
    return candidate.needs().filter(group -> !marks.isMet(group)).toList();
  }

  /** What was chosen and cannot be there together with a package, whoever of the two says so. */
  List<BinaryPackage> conflictsOf(BinaryPackage candidate) {
    return marks.installed().stream()
        .filter(other -> isAgainst(candidate, other) || isAgainst(other, candidate))
        .toList();
  }

  private boolean isAgainst(BinaryPackage owner, BinaryPackage other) {
    return owner
        .adversaries()
        .anyMatch(negative -> marks.adversaries(owner, negative).anyMatch(other::equals));
  }

  private List<Fault> findFaults() {
    List<Fault> found = new ArrayList<>();
    for (Chosen chosen : chosen()) {
      BinaryPackage owner = chosen.candidate();
      unmetNeedsOf(owner).forEach(group -> found.add(new Unmet(owner, group)));
      owner
          .adversaries()
          .forEach(
              negative ->
                  marks
                      .adversaries(owner, negative)
                      .filter(marks::isInstalled)
                      .forEach(other -> found.add(new Conflict(owner, negative, other))));
    }
    return found;
  }
}
