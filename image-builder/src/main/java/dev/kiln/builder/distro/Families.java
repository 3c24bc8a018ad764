package dev.kiln.builder.distro;

import dev.kiln.failure.KilnException;
import dev.kiln.profile.Profile;
import java.util.List;

/**
 * The families that this program can bake.
 *
 * @param all each by a name of its own; the first is the one whose packages hold the tools of every
 *     bake
 */
public record Families(List<Family> all) {
  public Families {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("there must be a family that has the tools");
    }
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

  /** The family of the kit. */
  public Family ofTools() {
    return all.get(0);
  }
}
