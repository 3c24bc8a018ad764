package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.Move;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.util.List;

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
   * @param problems who wants what, and why there is none
   */
  record Unresolvable(List<Problem> problems) implements Resolution {
    public Unresolvable {
      problems = List.copyOf(problems);
    }

    @Override
    public Resolved orThrow() {
      throw new KilnException(KilnException.Kind.INPUT, problems, null);
    }
  }

  /**
   * One package of a resolution.
   *
   * @param reason the profile's words, or the package that asked for it
   */
  record Chosen(BinaryPackage candidate, String reason) {}
}
