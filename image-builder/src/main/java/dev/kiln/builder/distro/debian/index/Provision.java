package dev.kiln.builder.distro.debian.index;

import java.util.Optional;

/**
 * A virtual package that a package provides (Debian Policy 7.5).
 *
 * @param version where the package says which version it stands for
 */
public record Provision(String name, Qualifier qualifier, Optional<DebianVersion> version) {}
