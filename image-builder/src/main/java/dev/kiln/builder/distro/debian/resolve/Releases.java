package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.Alternatives;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.index.Relation;
import dev.kiln.builder.distro.debian.resolve.Fault.Conflict;
import dev.kiln.builder.distro.debian.resolve.Fault.Unmet;
import dev.kiln.builder.distro.debian.resolve.Resolution.Chosen;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which locked versions stand in the way of a choice: those whose place apt's own candidate could
 * take without the fault that was found.
 */
final class Releases {
  private static final int DEEPEST = 20;

  private final Universe free;
  private final Universe preferring;
  private final Set<String> movable;
  private final Attempt attempt;

  /**
   * Looks at one attempt.
   *
   * @param free the universe with apt's own candidates
   * @param preferring the universe that the attempt was made in
   * @param movable names of locked packages whose version may still be given up
   */
  Releases(Universe free, Universe preferring, Set<String> movable, Attempt attempt) {
    this.free = free;
    this.preferring = preferring;
    this.movable = movable;
    this.attempt = attempt;
  }

  /** The names to give up for every fault; none where no locked version is the cause. */
  Set<String> find() {
    Set<String> found = new TreeSet<>();
    for (Fault fault : attempt.faults()) {
      if (fault instanceof Conflict conflict) {
        found.addAll(ofConflict(conflict.owner(), conflict.other()));
      } else {
        Set<String> direct = ofNeed(fault.owner(), ((Unmet) fault).group(), new HashSet<>(), 0);
        found.addAll(direct.isEmpty() ? ofAskers(fault.owner(), new HashSet<>()) : direct);
      }
    }
    return found;
  }

  /** What in another version would make a package needless to who asks for it. */
  private Set<String> ofAskers(BinaryPackage answer, Set<String> seen) {
    for (Chosen asker : seen.add(answer.name()) ? attempt.chosen() : List.<Chosen>of()) {
      for (Alternatives group : asker.candidate().needs().toList()) {
        if (group.acceptAny(answer)) {
          Set<String> instead = ofAnswersInAnotherVersion(group);
          instead = instead.isEmpty() ? ofOwner(asker.candidate(), group) : instead;
          Set<String> found = instead.isEmpty() ? ofAskers(asker.candidate(), seen) : instead;
          if (!found.isEmpty()) {
            return found;
          }
        }
      }
    }
    return Set.of();
  }

  /** The names of what has a fault itself, or would answer a need and cannot be there. */
  Set<String> astray() {
    Set<String> names = new TreeSet<>();
    for (Fault fault : attempt.faults()) {
      names.add(fault.owner().name());
      if (fault instanceof Conflict conflict) {
        names.add(conflict.other().name());
      } else {
        ((Unmet) fault)
            .group().relations().stream()
                .flatMap(relation -> preferring.answersTo(relation).stream())
                .forEach(answer -> names.add(answer.name()));
      }
    }
    return names;
  }

  private Set<String> ofConflict(BinaryPackage one, BinaryPackage other) {
    Optional<BinaryPackage> freeOne = instead(one);
    Optional<BinaryPackage> freeOther = instead(other);
    if (freeOther.filter(free -> !free.conflictsWith(one)).isPresent()) {
      return Set.of(other.name());
    }
    if (freeOne.filter(free -> !free.conflictsWith(other)).isPresent()) {
      return Set.of(one.name());
    }
    if (freeOne.isPresent()
        && freeOther.filter(free -> !free.conflictsWith(freeOne.get())).isPresent()) {
      return Set.of(one.name(), other.name());
    }
    Set<String> found = ofAskers(other, new HashSet<>());
    return found.isEmpty() ? ofAskers(one, new HashSet<>()) : found;
  }

  /** What would answer the need in another version; then what keeps its answers away. */
  private Set<String> ofNeed(BinaryPackage owner, Alternatives group, Set<String> seen, int depth) {
    Set<String> instead = ofAnswersInAnotherVersion(group);
    if (!instead.isEmpty()) {
      return instead;
    }
    for (Relation relation : group.relations()) {
      for (BinaryPackage answer : preferring.answersTo(relation)) {
        Set<String> found = depth < DEEPEST ? ofAnswer(answer, seen, depth) : Set.of();
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return ofOwner(owner, group);
  }

  /** Who needs something may not in another version. */
  private Set<String> ofOwner(BinaryPackage owner, Alternatives group) {
    return instead(owner).filter(free -> free.needs().noneMatch(group::equals)).isPresent()
        ? Set.of(owner.name())
        : Set.of();
  }

  private Set<String> ofAnswersInAnotherVersion(Alternatives group) {
    for (Relation relation : group.relations()) {
      for (BinaryPackage answer : free.answersTo(relation)) {
        if (movable.contains(answer.name()) && !isAnsweredNow(relation, answer.name())) {
          return Set.of(answer.name());
        }
      }
    }
    return Set.of();
  }

  private Set<String> ofAnswer(BinaryPackage answer, Set<String> seen, int depth) {
    if (!seen.add(answer.name())) {
      return Set.of();
    }
    for (BinaryPackage other : attempt.conflictsOf(answer)) {
      Set<String> found = ofConflict(answer, other);
      if (!found.isEmpty()) {
        return found;
      }
    }
    for (Alternatives group : attempt.unmetNeedsOf(answer)) {
      Set<String> found = ofNeed(answer, group, seen, depth + 1);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return Set.of();
  }

  private boolean isAnsweredNow(Relation relation, String name) {
    return preferring.candidate(name).filter(relation::accepts).isPresent();
  }

  private Optional<BinaryPackage> instead(BinaryPackage candidate) {
    return movable.contains(candidate.name()) ? free.candidate(candidate.name()) : Optional.empty();
  }
}
