package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import dev.kiln.builder.distro.debian.resolve.Resolution.Unresolvable;
import dev.kiln.failure.Problem;
import java.util.List;
import java.util.Map;

/**
 * Chooses the packages of a root: the set that {@code apt-get install} would choose where nothing
 * is installed yet, or that differs least from what was chosen before.
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
    List<Problem> unknown = Roots.unknown(request, universe);
    if (!unknown.isEmpty()) {
      return new Unresolvable(unknown, List.of());
    }
    Map<BinaryPackage, String> roots = Roots.of(request, universe);
    RepeatedChoice choice =
        RepeatedChoice.of(universe, roots, request.recommends(), Preference.none());
    return choice.holds()
        ? new Resolved(choice.last().chosen(), List.of())
        : explain(choice.first());
  }

  /** Chooses again: of what was locked only that moves which the request or the archive forces. */
  public Resolution resolve(Request request, Locked locked) {
    return new ChooseAgain(universe, request, locked).choose();
  }

  private Unresolvable explain(Attempt failed) {
    Explanation explanation = new Explanation(universe, failed);
    List<Problem> problems =
        explanation.brief(failed.faults()).stream().distinct().limit(MOST_PROBLEMS).toList();
    List<String> whole = failed.faults().stream().map(explanation::whole).toList();
    boolean saysMore = !whole.equals(problems.stream().map(Problem::what).toList());
    return new Unresolvable(problems, saysMore ? whole : List.of());
  }
}
