package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.Alternatives;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.resolve.Fault.Conflict;
import dev.kiln.builder.distro.debian.resolve.Fault.Unmet;
import dev.kiln.builder.distro.debian.resolve.Resolution.Chosen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One choice of packages, and what is wrong with it. */
final class Attempt {
  private final Map<BinaryPackage, String> roots;
  private final Marks marks;
  private final Preference liked;
  private final Reached reached;
  private final List<Fault> faults;

  private Attempt(
      Universe universe,
      Map<BinaryPackage, String> roots,
      Marks marks,
      boolean recommends,
      Preference liked) {
    this.roots = roots;
    this.marks = marks;
    this.liked = liked;
    this.reached = new Reached(universe, marks, roots, recommends, liked);
    this.faults = findFaults();
  }

  /**
   * Chooses.
   *
   * @param roots what was asked for, to the reasons
   * @param refused what must not be chosen
   */
  static Attempt choosing(
      Universe universe,
      Map<BinaryPackage, String> roots,
      Set<BinaryPackage> refused,
      boolean recommends,
      Preference liked) {
    Marks marks = new Marks(universe);
    refused.forEach(candidate -> marks.of(candidate).refused = true);
    new Marker(marks, universe.mentions(), recommends, liked)
        .installAll(List.copyOf(roots.keySet()));
    new Kept(marks, liked).stayWhereTheyFit();
    return new Attempt(universe, roots, marks, recommends, liked);
  }

  /** Chooses nothing: takes every one of these, as far as something asks for it. */
  static Attempt taking(
      Universe universe,
      Map<BinaryPackage, String> roots,
      Set<String> names,
      boolean recommends,
      Preference liked) {
    Marks marks = new Marks(universe);
    marks.possible(names).forEach(marks::install);
    return new Attempt(universe, roots, marks, recommends, liked);
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
        .filter(candidate -> !roots.containsKey(candidate))
        .sorted(Comparator.comparing(liked::isKept));
  }

  /** The packages from one that the profile asks for to this one, both included. */
  List<BinaryPackage> wayTo(BinaryPackage candidate) {
    return reached.way(candidate);
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
    return marks.installed().stream().filter(candidate::conflictsWith).toList();
  }

  /** The names of those that were to be kept and found no place. */
  Set<String> lost() {
    Set<String> lost = new TreeSet<>(liked.kept());
    marks.installed().forEach(candidate -> lost.remove(candidate.name()));
    return lost;
  }

  /** The names of those that were to be kept and are not chosen: no place, or nobody asks. */
  Set<String> gone() {
    Set<String> gone = new TreeSet<>(liked.kept());
    chosen().forEach(chosen -> gone.remove(chosen.candidate().name()));
    return gone;
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
