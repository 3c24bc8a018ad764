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
 * The families whose distributions a profile can name, as whoever reads profiles knows them.
 *
 * @param all no two with the same distribution. What is wrong with a profile that names none of
 *     them is said by the rules of the first
 */
public record KnownFamilies(List<FamilyRules> all) {
  public KnownFamilies {
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

  /**
   * A keyring that comes with Kiln, whatever the distribution.
   *
   * @throws IllegalArgumentException with a sentence that says which there are
   */
  public KeyringFile keyring(String name) {
    List<String> names =
        all.stream().flatMap(family -> family.keyrings().stream()).distinct().toList();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "there is no keyring '"
              + Shown.of(name)
              + "': write one of "
              + String.join(", ", names)
              + ", or the path of an .asc or .gpg file, such as ./keys.asc");
    }
    return KeyringFile.ofKiln(name);
  }

  private static Stream<String> distributions(List<FamilyRules> families) {
    return families.stream().flatMap(family -> family.distributions().stream());
  }
}
