package dev.kiln.profile;

/**
 * The distribution an image is made of.
 *
 * @param rules of the family it belongs to
 * @param name the ID of its os-release(5): {@code debian}
 * @param release its code name: {@code bookworm}
 */
public record Distribution(FamilyRules rules, String name, String release) {
  public Distribution {
    if (!rules.distributions().contains(name)) {
      throw new IllegalArgumentException(
          "the family " + rules.name() + " has no distribution '" + name + "'");
    }
    Words.name("a release", release);
  }

  /** The name of its family. */
  public String family() {
    return rules.name();
  }
}
