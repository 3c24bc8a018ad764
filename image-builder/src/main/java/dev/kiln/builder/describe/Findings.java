package dev.kiln.builder.describe;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything that is wrong with an image, gathered so that it is told at once. */
public final class Findings {
  private final List<Problem> problems = new ArrayList<>();

  public void add(String what, String mend) {
    problems.add(Problem.of(what, mend));
  }

  public void addAll(List<Problem> more) {
    problems.addAll(more);
  }

  /** A step that refuses its input does not end the search for more problems. */
  public <T> Optional<T> attempt(Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (KilnException e) {
      if (e.kind() != KilnException.Kind.INPUT) {
        throw e;
      }
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  /** Each once, in the order in which they were found. */
  public List<Problem> problems() {
    return problems.stream().distinct().toList();
  }

  /** Fails with every problem, where there is one. */
  public void refuseIfAny() {
    if (!problems.isEmpty()) {
      throw new KilnException(KilnException.Kind.INPUT, problems(), null);
    }
  }
}
