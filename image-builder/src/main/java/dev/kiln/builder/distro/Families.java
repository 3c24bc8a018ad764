package dev.kiln.builder.distro;

import dev.kiln.failure.KilnException;
import dev.kiln.profile.KnownFamilies;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Repository;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The families that this program can bake.
 *
 * @param all each by a name of its own
 */
public record Families(List<Family> all) {
  public Families {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("there must be a family whose packages are baked");
    }
  }

  /** What the profiles of each keep: with it a profile is read. */
  public KnownFamilies rules() {
    return new KnownFamilies(all.stream().map(Family::rules).toList());
  }

  /** The family of a profile's distribution. */
  public Family of(Profile profile) {
    return named(profile.distribution().family());
  }

  /** The family by its name in a lock. */
  public Family named(String name) {
    return all.stream()
        .filter(family -> family.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                KilnException.unsupported(
                    "this program cannot bake the family '" + name + "'",
                    "Take one of " + String.join(", ", all.stream().map(Family::name).toList())));
  }

  /**
   * The mirrors of one of a profile's repositories that this machine's own package tool is told of.
   *
   * @param etc this machine's {@code /etc}
   */
  public List<URI> hostMirrors(Profile profile, Path etc, Repository repository) {
    Family family =
        profile.repositories().containsValue(repository) ? of(profile) : ofTools(profile);
    return family.hostMirrors(etc, repository);
  }

  /** The family of the packages of a profile's kit. */
  public Family ofTools(Profile profile) {
    return named(profile.kit().distribution().family());
  }
}
