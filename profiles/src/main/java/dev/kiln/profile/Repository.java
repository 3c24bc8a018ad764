package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A repository of packages. Which parts it has is the family's to say.
 *
 * @param name the profile's name of it; mirrors are given by this name
 * @param mirror the public default address of its root, without a slash at the end
 * @param archive the address of an archive that keeps what mirrors drop, below whose times (such as
 *     {@code 20261120T081244Z}) the repository is as it was then; without a slash at the end
 * @param suites such as {@code bookworm}; none where the family's repositories have none
 * @param components such as {@code main}; none where the family's repositories have none
 * @param keyring the keys its indexes must be signed by
 */
public record Repository(
    String name,
    URI mirror,
    Optional<URI> archive,
    List<String> suites,
    List<String> components,
    KeyringFile keyring) {
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9_-]+)?");

  public Repository {
    Words.repositoryName(name);
    mirror = root(mirror);
    archive = archive.map(Repository::root);
    suites = words("suites", suites);
    components = words("components", components);
  }

  private static URI root(URI address) {
    return URI.create(Address.parse(address.toString()).toString().replaceAll("/+$", ""));
  }

  /** Words where the family's repositories have such parts. */
  static List<String> parts(String what, List<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a repository needs " + what + ": write at least one");
    }
    return words(what, words);
  }

  private static List<String> words(String what, List<String> words) {
    for (String word : words) {
      if (!WORD.matcher(word).matches()) {
        throw new IllegalArgumentException(
            "'" + Shown.of(word) + "' cannot stand in " + what + ": write a plain word");
      }
    }
    if (words.stream().distinct().count() != words.size()) {
      throw new IllegalArgumentException(what + " holds a word twice: keep one");
    }
    return List.copyOf(words);
  }
}
