package dev.kiln.builder.distro.debian.index;

import java.util.Optional;

/**
 * One package that a relationship field names (Debian Policy 7.1).
 *
 * @param name the package, real or virtual
 * @param version which versions will do; empty for all
 */
public record Relation(String name, Qualifier qualifier, Optional<VersionConstraint> version) {
  /** Whether a package that has or provides this name, and in this version, is meant. */
  public boolean accepts(BinaryPackage candidate) {
    boolean real =
        candidate.name().equals(name)
            && qualifier.isMetBy(Qualifier.NONE, candidate.multiArch())
            && version.map(wanted -> wanted.accepts(candidate.version())).orElse(true);
    return real || candidate.provides().stream().anyMatch(offered -> accepts(candidate, offered));
  }

  /** Debian Policy 7.5: a virtual package without a version answers no versioned relation. */
  private boolean accepts(BinaryPackage candidate, Provision offered) {
    return offered.name().equals(name)
        && qualifier.isMetBy(offered.qualifier(), candidate.multiArch())
        && version.map(wanted -> offered.version().map(wanted::accepts).orElse(false)).orElse(true);
  }

  @Override
  public String toString() {
    return name + qualifier + version.map(constraint -> " " + constraint).orElse("");
  }
}
