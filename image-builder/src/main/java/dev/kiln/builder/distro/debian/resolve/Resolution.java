package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.Move;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.util.List;
import java.util.Set;

/** What became of a request. */
public sealed interface Resolution {
  /** The packages and what moved, or a failure with every problem. */
  Resolved orThrow();

  /**
   * Everything goes together.
   *
   * @param packages sorted by name
   * @param moves what is not as it was locked, sorted by name; empty where nothing was locked
   */
  record Resolved(List<Chosen> packages, List<Move> moves) implements Resolution {
    public Resolved {
      packages = List.copyOf(packages);
      moves = List.copyOf(moves);
    }

    @Override
    public Resolved orThrow() {
      return this;
    }
  }

  /**
   * It cannot be met.
   *
   * @param problems who wants what, and why there is none: a line each
   * @param explanation everything that was tried; empty where the problems say all of it
   */
  record Unresolvable(List<Problem> problems, List<String> explanation) implements Resolution {
    public Unresolvable {
      problems = List.copyOf(problems);
      explanation = List.copyOf(explanation);
    }

    /** With one more advice where something is missing. */
    public Unresolvable advising(String advice) {
      return new Unresolvable(
          problems.stream()
              .map(
                  each ->
                      Set.of(Explanation.MEND, Explanation.UNKNOWN_MEND).contains(each.mend())
                          ? Problem.of(each.what(), each.mend() + "; " + advice)
                          : each)
              .toList(),
          explanation);
    }

    @Override
    public Resolved orThrow() {
      throw KilnException.explained(KilnException.Kind.INPUT, problems, explanation);
    }
  }

  /**
   * One package of a resolution.
   *
   * @param reason the profile's words, or the package that asked for it
   */
  record Chosen(BinaryPackage candidate, String reason) {}
}
