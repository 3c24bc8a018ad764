package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.Alternatives;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.index.Relation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What was decided so far about each package. */
final class Marks {
  private final Universe universe;
  private final Map<String, Mark> marks = new HashMap<>();
  private final Map<String, BinaryPackage> installed = new TreeMap<>();
  private final List<BinaryPackage> displaced = new ArrayList<>();

  Marks(Universe universe) {
    this.universe = universe;
  }

  /** The decisions about one package. */
  static final class Mark {
    /** Not to be chosen any more. */
    boolean refused;

    /** Not to be changed any more: asked for by the user, or the only answer to what is. */
    boolean settled;
  }

  Mark of(BinaryPackage candidate) {
    return marks.computeIfAbsent(candidate.name(), name -> new Mark());
  }

  boolean isInstalled(BinaryPackage candidate) {
    return installed.containsKey(candidate.name());
  }

  void install(BinaryPackage candidate) {
    installed.put(candidate.name(), candidate);
  }

  /** Gives up a package whose own needs cannot be met. */
  void remove(BinaryPackage candidate) {
    installed.remove(candidate.name());
  }

  /** Gives up a package because another one must not have it beside it. */
  void displace(BinaryPackage candidate) {
    if (installed.remove(candidate.name()) != null) {
      displaced.add(candidate);
    }
  }

  /** What was given up after somebody had asked for it. */
  List<BinaryPackage> displaced() {
    return List.copyOf(displaced);
  }

  /** What is to be installed, sorted by name. */
  List<BinaryPackage> installed() {
    return List.copyOf(installed.values());
  }

  /** Whether something to be installed answers this. */
  boolean isMet(Alternatives group) {
    return group.relations().stream()
        .flatMap(relation -> universe.answersTo(relation).stream())
        .anyMatch(this::isInstalled);
  }

  /** Whether something that is or may yet be installed answers this. */
  boolean canBeMet(Alternatives group) {
    return group.relations().stream()
        .flatMap(relation -> universe.answersTo(relation).stream())
        .anyMatch(this::isPossible);
  }

  /** Everything that may still be chosen for a relation. */
  Stream<BinaryPackage> possible(Relation relation) {
    return universe.answersTo(relation).stream().filter(this::isPossible);
  }

  /** The candidates of these names that may still be chosen. */
  List<BinaryPackage> possible(Collection<String> names) {
    return names.stream()
        .flatMap(name -> universe.candidate(name).stream())
        .filter(this::isPossible)
        .toList();
  }

  /** Everything that may not be there together with a package, because of one of its relations. */
  Stream<BinaryPackage> adversaries(BinaryPackage owner, Alternatives negative) {
    // A package may provide what it conflicts with: then it means all others (Policy 7.6.2).
    return negative.relations().stream()
        .flatMap(relation -> universe.answersTo(relation).stream())
        .filter(other -> !other.name().equals(owner.name()));
  }

  /** Whether it is or may yet be installed. */
  boolean isPossible(BinaryPackage candidate) {
    return isInstalled(candidate) || !of(candidate).refused;
  }
}
