package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.Alternatives;
import dev.kiln.builder.distro.debian.index.BinaryPackage;

/** One thing that is wrong with a choice of packages. */
sealed interface Fault {
  /** The package whose relation does not hold. */
  BinaryPackage owner();

  /** Nothing that was chosen answers a need. */
  record Unmet(BinaryPackage owner, Alternatives group) implements Fault {}

  /** Something that was chosen must not be there. */
  record Conflict(BinaryPackage owner, Alternatives relation, BinaryPackage other)
      implements Fault {}
}
