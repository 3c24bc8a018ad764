package dev.kiln.profile;

import dev.kiln.document.Node;
import dev.kiln.document.Node.Entry;
import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Node.Scalar;
import dev.kiln.failure.Shown;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The families whose distributions a profile can name.
 *
 * @param all no two with the same distribution. What is wrong with a profile that names none of
 *     them is said by the rules of the first
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

  /**
   * The family whose distribution a document names; where it names none that is known, the first.
   */
  FamilyRules namedIn(Node document) {
    Node node = document;
    for (String key : List.of("distribution", "name")) {
      Entry entry = node instanceof Mapping mapping ? mapping.entries().get(key) : null;
      if (entry == null) {
        return all.get(0);
      }
      node = entry.value();
    }
    return node instanceof Scalar name ? find(name.text()).orElse(all.get(0)) : all.get(0);
  }

  /** The keyrings that come with Kiln. */
  List<String> keyrings() {
    return all.stream().flatMap(family -> family.keyrings().stream()).distinct().toList();
  }

  private static Stream<String> distributions(List<FamilyRules> families) {
    return families.stream().flatMap(family -> family.distributions().stream());
  }
}
