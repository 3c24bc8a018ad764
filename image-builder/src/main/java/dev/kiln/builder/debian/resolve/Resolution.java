package dev.kiln.builder.debian.resolve;

import dev.kiln.builder.debian.BinaryPackage;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.util.List;

/** What became of a request. */
public sealed interface Resolution {
  /** The packages, or a failure with every problem. */
  List<Chosen> orThrow();

  /**
   * Everything goes together.
   *
   * @param packages sorted by name
   */
  record Resolved(List<Chosen> packages) implements Resolution {
    public Resolved {
      packages = List.copyOf(packages);
    }

    @Override
    public List<Chosen> orThrow() {
      return packages;
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
    public List<Chosen> orThrow() {
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
