package dev.kiln.builder.distro.debian.index;

import java.util.Optional;

/**
 * One package that a relationship field names (Debian Policy 7.1).
 *
 * @param name the package, real or virtual
 * @param anyArchitecture written {@code :any}: any package marked Multi-Arch: allowed will do
 * @param version which versions will do; empty for all
 */
public record Relation(String name, boolean anyArchitecture, Optional<VersionConstraint> version) {
  /** Whether a package that has this name and version is meant. */
  public boolean accepts(BinaryPackage candidate) {
    boolean real =
        candidate.name().equals(name)
            && (!anyArchitecture || candidate.multiArch() == BinaryPackage.MultiArch.ALLOWED)
            && version.map(wanted -> wanted.accepts(candidate.version())).orElse(true);
    return real || candidate.provides().stream().anyMatch(offered -> accepts(candidate, offered));
  }

  /** Debian Policy 7.5: a virtual package without a version answers no versioned relation. */
  private boolean accepts(BinaryPackage candidate, Provision offered) {
    return offered.name().equals(name)
        && (!anyArchitecture || candidate.multiArch() == BinaryPackage.MultiArch.ALLOWED)
        && version.map(wanted -> offered.version().map(wanted::accepts).orElse(false)).orElse(true);
  }

  @Override
  public String toString() {
    return name
        + (anyArchitecture ? ":any" : "")
        + version.map(constraint -> " " + constraint).orElse("");
  }
}
