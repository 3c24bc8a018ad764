package dev.kiln.builder.debian.resolve;

import dev.kiln.builder.debian.BinaryPackage;
import dev.kiln.builder.debian.resolve.Resolution.Resolved;
import dev.kiln.builder.debian.resolve.Resolution.Unresolvable;
import dev.kiln.failure.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the packages of a root: the set that {@code apt-get install} would choose where nothing
 * is installed yet.
 */
public final class Resolver {
  /** The first few faults are the cause of the others. */
  private static final int MOST_PROBLEMS = 5;

  private final Universe universe;

  public Resolver(Universe universe) {
    this.universe = universe;
  }

  /** Chooses, or says why nothing can be chosen. */
  public Resolution resolve(Request request) {
    List<Problem> unknown = unknown(request);
    if (!unknown.isEmpty()) {
      return new Unresolvable(unknown);
    }
    return resolve(roots(request), request.recommends());
  }

  /** Where the first choice does not hold, it is made again without what stands in its way. */
  private Resolution resolve(Map<BinaryPackage, String> roots, boolean recommends) {
    Set<BinaryPackage> refused = new LinkedHashSet<>();
    Attempt first = new Attempt(universe, roots, refused, recommends);
    Attempt attempt = first;
    while (!attempt.faults().isEmpty()) {
      Optional<BinaryPackage> culprit = attempt.culprits().filter(refused::add).findFirst();
      if (culprit.isEmpty()) {
        Explanation explanation = new Explanation(universe, first);
        return new Unresolvable(
            first.faults().stream().limit(MOST_PROBLEMS).map(explanation::of).toList());
      }
      attempt = new Attempt(universe, roots, refused, recommends);
    }
    return new Resolved(attempt.chosen());
  }

  private List<Problem> unknown(Request request) {
    List<Problem> problems = new ArrayList<>();
    request
        .wanted()
        .forEach(
            (name, reason) -> {
              if (universe.candidate(name).isEmpty()) {
                problems.add(Explanation.unknown(name, reason, universe));
              }
            });
    return problems;
  }

  private Map<BinaryPackage, String> roots(Request request) {
    Map<BinaryPackage, String> roots = new LinkedHashMap<>();
    if (request.base()) {
      for (BinaryPackage member : universe.base()) {
        String kind = member.essential() ? "essential" : "of priority required";
        roots.put(
            member, request.wanted().getOrDefault(member.name(), kind + " in " + suite(member)));
      }
    }
    request
        .wanted()
        .forEach(
            (name, reason) -> roots.putIfAbsent(universe.candidate(name).orElseThrow(), reason));
    return roots;
  }

  private static String suite(BinaryPackage candidate) {
    return candidate.origin().suite();
  }
}
