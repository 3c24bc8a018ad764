package dev.kiln.builder.distro;

import dev.kiln.lock.LockedDistribution;
import dev.kiln.lock.LockedSet;
import dev.kiln.profile.Repository;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A set of packages that is wanted.
 *
 * @param repositories by name
 * @param distribution whose packages they are
 * @param architecture of the machine they are for, by Kiln's name of it
 * @param system whether what every system of the family has belongs to it
 * @param wanted package to the reason why, in the profile's order
 * @param recommends whether what they recommend is installed too
 * @param before what was locked before, whose versions are preferred
 * @param renewal of what was locked before, what is not preferred
 */
public record PackageWish(
    Map<String, Repository> repositories,
    LockedDistribution distribution,
    String architecture,
    boolean system,
    Map<String, String> wanted,
    boolean recommends,
    Optional<LockedSet> before,
    Renewal renewal) {
  public PackageWish {
    repositories = Collections.unmodifiableMap(new LinkedHashMap<>(repositories));
    wanted = Collections.unmodifiableMap(new LinkedHashMap<>(wanted));
  }
}
