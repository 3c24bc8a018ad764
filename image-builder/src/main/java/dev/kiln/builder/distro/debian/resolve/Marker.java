package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.Alternatives;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.index.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Marks packages for installation as apt 2.6 does on a machine where nothing is installed: greedy,
 * depth first, in the order of the fields, taking a decision back only where it fails at once.
 *
 * <p>What the user asked for is settled first, and with it whatever is the only answer to its
 * needs; so what is merely one of several answers gives way.
 */
final class Marker {
  /** apt stops at this depth, too. */
  private static final int DEEPEST = 3000;

  private final Marks marks;
  private final MentionOrder mentions;
  private final boolean recommends;
  private final Preference liked;
  private final List<BinaryPackage> guarded;

  Marker(Marks marks, MentionOrder mentions, boolean recommends, Preference liked) {
    this.marks = marks;
    this.mentions = mentions;
    this.recommends = recommends;
    this.liked = liked;
    this.guarded = liked.guarding() ? marks.possible(liked.kept()) : List.of();
  }

  /** Marks what the user asked for, and then, in the same order, what it needs. */
  void installAll(List<BinaryPackage> roots) {
    for (BinaryPackage root : roots) {
      marks.of(root).settled = true;
      marks.install(root);
    }
    for (BinaryPackage root : roots) {
      if (hasAnswerForEveryNeed(root)) {
        installWhatItNeeds(root, true, 0);
      }
    }
  }

  /** Marks a package that another one needs; false where that cannot be. */
  private boolean install(BinaryPackage candidate, int depth) {
    Marks.Mark mark = marks.of(candidate);
    boolean installed = marks.isInstalled(candidate);
    if (depth > DEEPEST || (!installed && (mark.settled || mark.refused))) {
      return false;
    }
    if (installed && !mark.settled) {
      return true;
    }
    if (!hasAnswerForEveryNeed(candidate)) {
      mark.refused |= !mark.settled;
      return false;
    }
    return installWhatItNeeds(candidate, false, depth);
  }

  private boolean hasAnswerForEveryNeed(BinaryPackage candidate) {
    return candidate.needs().allMatch(marks::canBeMet);
  }

  private boolean installWhatItNeeds(BinaryPackage candidate, boolean root, int depth) {
    Marks.Mark mark = marks.of(candidate);
    boolean settled = mark.settled;
    if (!settled && drivesOutWhatIsKept(candidate)) {
      return false;
    }
    List<Alternatives> missing = missing(candidate, settled);
    boolean adversariesGone = removeAdversaries(candidate, settled, root);
    if (!adversariesGone && !settled) {
      return false;
    }
    marks.install(candidate);
    mark.settled = true;
    boolean met = meetAll(candidate, missing, settled, depth);
    mark.settled = settled;
    if (!met && !settled) {
      marks.remove(candidate);
      mark.refused = true;
    }
    return met && adversariesGone;
  }

  /** What nothing answers yet; of a settled package everything, to settle what it needs. */
  private List<Alternatives> missing(BinaryPackage candidate, boolean settled) {
    Stream<Alternatives> wishes =
        recommends && liked.opens(candidate)
            ? Stream.concat(candidate.needs(), candidate.recommends().stream())
            : candidate.needs();
    return wishes.filter(group -> settled || !marks.isMet(group)).toList();
  }

  private boolean drivesOutWhatIsKept(BinaryPackage candidate) {
    return !liked.isKept(candidate)
        && guarded.stream().filter(marks::isPossible).anyMatch(candidate::conflictsWith);
  }

  private boolean removeAdversaries(BinaryPackage candidate, boolean settled, boolean root) {
    boolean allGone = true;
    for (Alternatives negative : candidate.adversaries().toList()) {
      for (BinaryPackage other : marks.adversaries(candidate, negative).toList()) {
        Marks.Mark mark = marks.of(other);
        if (marks.isInstalled(other) && mark.settled) {
          allGone = false;
          if (!settled && !root) {
            return false;
          }
        } else if (settled) {
          marks.displace(other);
          mark.refused = true;
          mark.settled = true;
        } else {
          marks.displace(other);
        }
      }
    }
    return allGone;
  }

  private boolean meetAll(
      BinaryPackage owner, List<Alternatives> groups, boolean settled, int depth) {
    boolean allMet = true;
    for (Alternatives group : groups) {
      boolean needed = !owner.recommends().contains(group) || owner.needs().anyMatch(group::equals);
      boolean met =
          marks.isMet(group)
              ? !settled || !needed || settleOnlyAnswer(group, depth)
              : meet(group, settled && needed, depth);
      if (!met && needed) {
        allMet = false;
        if (!settled) {
          return false;
        }
      }
    }
    return allMet;
  }

  /** What a settled package needs, and only one package can be, is settled as well. */
  private boolean settleOnlyAnswer(Alternatives group, int depth) {
    List<BinaryPackage> answers = answers(group);
    if (!isOnlyOne(answers) || marks.of(answers.get(0)).settled) {
      return true;
    }
    marks.of(answers.get(0)).settled = true;
    return install(answers.get(0), depth + 1);
  }

  private boolean meet(Alternatives group, boolean settling, int depth) {
    List<BinaryPackage> answers = answers(group);
    for (BinaryPackage answer : answers) {
      if (marks.isPossible(answer)) {
        if (settling && isOnlyOne(answers)) {
          marks.install(answer);
          marks.of(answer).settled = true;
        }
        if (install(answer, depth + 1)) {
          return true;
        }
      }
    }
    return false;
  }

  /** In the order in which they are tried: the alternatives as written, each one's providers. */
  private List<BinaryPackage> answers(Alternatives group) {
    List<BinaryPackage> answers = new ArrayList<>();
    for (Relation relation : group.relations()) {
      marks
          .possible(relation)
          .sorted(ProviderOrder.of(relation, marks, mentions))
          .forEach(answers::add);
    }
    answers.sort(Comparator.comparing(answer -> !liked.isLocked(answer)));
    // Settled, and not there: refused for good, or just being decided about.
    answers.removeIf(answer -> marks.of(answer).settled && !marks.isInstalled(answer));
    return answers;
  }

  private static boolean isOnlyOne(List<BinaryPackage> answers) {
    return answers.stream().distinct().count() == 1;
  }
}
