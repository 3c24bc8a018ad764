package dev.kiln.document;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Position;
import dev.kiln.failure.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gathers everything that is wrong with a set of documents, so that it is refused once and whole.
 */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(Position where, String what, String mend) {
    found.add(Problem.at(where, what, mend));
  }

  public void add(Problem problem) {
    found.add(problem);
  }

  public void addAll(KilnException refusal) {
    found.addAll(refusal.problems());
  }

  public boolean none() {
    return found.isEmpty();
  }

  /** How many problems were found until now. */
  public int count() {
    return found.size();
  }

  /** Fails with every problem, in the order of the files' lines. */
  public void refuseIfAny() {
    refuseIfAny(KilnException.Kind.INPUT);
  }

  /** As {@link #refuseIfAny()}, where what was found is a failure of another kind. */
  public void refuseIfAny(KilnException.Kind kind) {
    if (!found.isEmpty()) {
      throw new KilnException(kind, all(), null);
    }
  }

  /** Every problem once, in the order of the files' lines. */
  public List<Problem> all() {
    Comparator<Problem> byPlace =
        Comparator.comparing((Problem p) -> p.where().map(Position::file).orElse(""))
            .thenComparing(p -> p.where().map(Position::line).orElse(0));
    return found.stream().sorted(byPlace).distinct().toList();
  }
}
