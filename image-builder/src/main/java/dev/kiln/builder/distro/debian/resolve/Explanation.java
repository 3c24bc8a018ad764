package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.Alternatives;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.index.Qualifier;
import dev.kiln.builder.distro.debian.index.Relation;
import dev.kiln.builder.distro.debian.resolve.Fault.Conflict;
import dev.kiln.builder.distro.debian.resolve.Fault.Unmet;
import dev.kiln.failure.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says in words what is wrong with a choice: who wants what, and why there is none. Briefly, for
 * who mends a profile; or whole, for who has to know how it came to that.
 */
final class Explanation {
  /** What is advised where something is missing. */
  static final String MEND = "Leave out who wants it, or add a repository that has what is missing";

  /** What is advised for a name that no package has. */
  static final String UNKNOWN_MEND =
      "Check its spelling, or add a repository or component that has it";

  /** Longer chains and longer lists tell nobody more. */
  private static final int DEEPEST = 4;

  private static final int MOST_ANSWERS = 3;

  /** Packages on the way from the profile to what is missing. */
  private static final int MOST_STEPS = 6;

  private final Universe universe;
  private final Attempt attempt;

  Explanation(Universe universe, Attempt attempt) {
    this.universe = universe;
    this.attempt = attempt;
  }

  /** For a name that stands in a profile. */
  static Problem unknown(String name, String reason, Universe universe) {
    Optional<String> flaw = universe.flaw(name);
    if (flaw.isPresent()) {
      return Problem.of(flaw.get() + " (wanted: " + reason + ")", Universe.FLAW_MEND);
    }
    List<String> providers = universe.providersOf(name);
    return providers.isEmpty()
        ? Problem.of(
            "the package " + name + " (" + reason + ") is in no repository of the profile",
            UNKNOWN_MEND)
        : Problem.of(
            name + " (" + reason + ") is no package, only a name that packages provide",
            "Write one of " + String.join(", ", providers));
  }

  /**
   * In a line each: who is wanted, by which way, and what is not there. What was only given up for
   * something else is not said beside that.
   */
  List<Problem> brief(List<Fault> faults) {
    List<Problem> causes = faults.stream().flatMap(each -> cause(each).stream()).toList();
    return causes.isEmpty() ? faults.stream().map(this::givenUp).toList() : causes;
  }

  private Optional<Problem> cause(Fault fault) {
    if (fault instanceof Conflict conflict) {
      return Optional.of(Problem.of(exclusion(conflict), "Leave out one of the two"));
    }
    Alternatives need = ((Unmet) fault).group();
    return RootCause.of(fault.owner(), need, universe, attempt)
        .map(
            cause ->
                Problem.of(
                    way(fault.owner(), cause.needing(), cause.need()) + ": " + words(cause), MEND));
  }

  private Problem givenUp(Fault fault) {
    return Problem.of(
        way(fault.owner(), List.of(fault.owner()), ((Unmet) fault).group())
            + ": what answers that was given up for another",
        MEND);
  }

  /** Everything that was tried, on one line which may be long. */
  String whole(Fault fault) {
    if (fault instanceof Conflict conflict) {
      return exclusion(conflict);
    }
    Unmet unmet = (Unmet) fault;
    Set<String> seen = new HashSet<>(Set.of(unmet.owner().name()));
    return said(unmet.owner()) + " needs " + unmet.group() + ": " + whyNot(unmet.group(), seen, 0);
  }

  private String exclusion(Conflict conflict) {
    return said(conflict.owner())
        + " conflicts with "
        + conflict.relation()
        + ", which "
        + said(conflict.other())
        + " is";
  }

  private String words(RootCause cause) {
    return cause
        .excludedBy()
        .map(other -> "what answers that and " + said(other) + " exclude each other")
        .orElseGet(
            () ->
                cause.need().relations().stream()
                    .map(this::whyNothingAnswers)
                    .distinct()
                    .collect(Collectors.joining("; ")));
  }

  /** From what the profile wants to what is needed; of a long way only both ends. */
  private String way(BinaryPackage owner, List<BinaryPackage> needing, Alternatives need) {
    List<BinaryPackage> way = new ArrayList<>(attempt.wayTo(owner));
    way.addAll(needing.subList(Math.min(1, way.size()), needing.size()));
    StringBuilder words = new StringBuilder(said(way.get(0)));
    int skipped = Math.max(0, way.size() - MOST_STEPS);
    for (int step = 1 + skipped; step < way.size(); step++) {
      boolean first = step == 1 + skipped;
      words.append(first ? " needs " : ", which needs ");
      words.append(first && skipped > 0 ? "in " + step + " steps " : "");
      words.append(way.get(step).name());
    }
    return words.append(way.size() == 1 ? " needs " : ", which needs ").append(need).toString();
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
    Optional<String> flaw = universe.flaw(name);
    if (flaw.isPresent()) {
      return flaw.get();
    }
    if (relation.qualifier().kind() == Qualifier.Kind.OTHER) {
      return "an image has packages of one architecture, and not of " + relation.qualifier().text();
    }
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
