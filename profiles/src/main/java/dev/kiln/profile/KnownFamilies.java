package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The families whose distributions a profile can name.
 *
 * @param all no two with the same distribution. What is wrong with a profile that names none of
 *     them is said by the rules of the first, whose packages are also the tools of every bake
 */
record KnownFamilies(List<FamilyRules> all) {
  /** The families of this Kiln: another one is added here. */
  static final KnownFamilies ALL = new KnownFamilies(List.of(new DebianRules()));

  KnownFamilies {
    all = List.copyOf(all);
    long different = distributions(all).distinct().count();
    if (different == 0 || different != distributions(all).count()) {
      throw new IllegalArgumentException("each distribution belongs to one family");
    }
  }

  /** Takes a distribution's name as it is, or says which there are. */
  String distribution(String name) {
    if (find(name).isEmpty()) {
      throw new IllegalArgumentException(
          "the distribution '"
              + Shown.of(name)
              + "' cannot be baked: write "
              + String.join(" or ", distributions(all).toList()));
    }
    return name;
  }

  /** The family of a distribution. */
  Optional<FamilyRules> find(String distribution) {
    return all.stream().filter(family -> family.distributions().contains(distribution)).findFirst();
  }

  FamilyRules first() {
    return all.get(0);
  }

  /** The keyrings that come with Kiln. */
  List<String> keyrings() {
    return all.stream().flatMap(family -> family.keyrings().stream()).distinct().toList();
  }

  /**
   * The directories that are links into {@code /usr} in some family: Kiln writes through none of
   * them in any, so that a path is right or wrong whatever the distribution.
   */
  List<String> linksIntoUsr() {
    return all.stream().flatMap(family -> family.linksIntoUsr().stream()).distinct().toList();
  }

  private static Stream<String> distributions(List<FamilyRules> families) {
    return families.stream().flatMap(family -> family.distributions().stream());
  }
}
