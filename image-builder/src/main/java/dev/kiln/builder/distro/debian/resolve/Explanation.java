package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.Alternatives;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.index.Relation;
import dev.kiln.builder.distro.debian.resolve.Fault.Conflict;
import dev.kiln.builder.distro.debian.resolve.Fault.Unmet;
import dev.kiln.failure.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in words what is wrong with a choice: who wants what, and why there is none. */
final class Explanation {
  /** Longer chains and longer lists tell nobody more. */
  private static final int DEEPEST = 4;

  private static final int MOST_ANSWERS = 3;

  private final Universe universe;
  private final Attempt attempt;

  Explanation(Universe universe, Attempt attempt) {
    this.universe = universe;
    this.attempt = attempt;
  }

  /** For a name that stands in a profile. */
  static Problem unknown(String name, String reason, Universe universe) {
    List<String> providers = universe.providersOf(name);
    return providers.isEmpty()
        ? Problem.of(
            "the package " + name + " (" + reason + ") is in no repository of the profile",
            "Check its spelling, or add a repository or component that has it")
        : Problem.of(
            name + " (" + reason + ") is no package, only a name that packages provide",
            "Write one of " + String.join(", ", providers));
  }

  Problem of(Fault fault) {
    if (fault instanceof Conflict conflict) {
      return Problem.of(
          said(conflict.owner())
              + " conflicts with "
              + conflict.relation()
              + ", which "
              + said(conflict.other())
              + " is",
          "Leave out one of the two");
    }
    Unmet unmet = (Unmet) fault;
    Set<String> seen = new HashSet<>(Set.of(unmet.owner().name()));
    return Problem.of(
        said(unmet.owner()) + " needs " + unmet.group() + ": " + whyNot(unmet.group(), seen, 0),
        "Leave out who wants it, or add a repository that has what is missing");
  }

  private String whyNot(Alternatives group, Set<String> seen, int depth) {
    return group.relations().stream()
        .map(relation -> whyNot(relation, seen, depth))
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private String whyNot(Relation relation, Set<String> seen, int depth) {
    List<BinaryPackage> answers = universe.answersTo(relation);
    if (answers.isEmpty()) {
      return whyNothingAnswers(relation);
    }
    List<String> why = new ArrayList<>();
    answers.stream()
        .limit(MOST_ANSWERS)
        .filter(answer -> seen.add(answer.name()))
        .forEach(answer -> why.add(whyNot(answer, seen, depth)));
    if (answers.size() > MOST_ANSWERS) {
      why.add("nor is it any of " + (answers.size() - MOST_ANSWERS) + " others");
    }
    return why.isEmpty() ? relation + " cannot be, as said" : String.join("; ", why);
  }

  private String whyNothingAnswers(Relation relation) {
    String name = relation.name();
    return universe
        .candidate(name)
        .map(
            other ->
                "the only " + name + " is " + other.version() + ", of " + other.origin().suite())
        .orElseGet(
            () ->
                universe.providersOf(name).isEmpty()
                    ? name + " is in no repository of the profile"
                    : name
                        + " is provided, but not in this version, by "
                        + String.join(", ", universe.providersOf(name)));
  }

  private String whyNot(BinaryPackage answer, Set<String> seen, int depth) {
    List<String> why = new ArrayList<>();
    attempt
        .conflictsOf(answer)
        .forEach(other -> why.add(answer + " conflicts with " + said(other)));
    attempt
        .unmetNeedsOf(answer)
        .forEach(
            group ->
                why.add(
                    answer
                        + " needs "
                        + group
                        + (depth < DEEPEST ? ": " + whyNot(group, seen, depth + 1) : "")));
    return why.isEmpty() ? answer + " was given up for another" : String.join("; ", why);
  }

  private String said(BinaryPackage candidate) {
    return candidate + attempt.chainTo(candidate).map(chain -> " (" + chain + ")").orElse("");
  }
}
