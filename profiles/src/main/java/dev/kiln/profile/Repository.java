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
 * @param suites such as {@code bookworm}; of a flat repository its directories, each with a slash
 *     at its end, such as {@code ./}; none where the family's repositories have none
 * @param components such as {@code main}; none in a flat repository, and where the family's
 *     repositories have none
 * @param keyring the keys its indexes must be signed by
 */
public record Repository(
    String name,
    URI mirror,
    Optional<URI> archive,
    List<String> suites,
    List<String> components,
    KeyringFile keyring) {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final Pattern WORD = Pattern.compile(NAME + "(/" + NAME + ")*");

  /** Below the root, and never out of it. */
  private static final Pattern DIRECTORY = Pattern.compile("/|\\./|(\\./)?(" + NAME + "/)+");

  public Repository {
    Words.repositoryName(name);
    mirror = root(mirror);
    archive = archive.map(Repository::root);
    suites = suites(suites);
    components = words("components", components);
    if (isFlat(suites) && !components.isEmpty()) {
      throw new IllegalArgumentException(
          "a flat repository, whose suites are directories, has no components: leave them out");
    }
  }

  /**
   * Whether it has no {@code dists} directory: its indexes lie beside their signed file, in the
   * directories that its suites name (sources.list(5), "exact path").
   */
  public boolean isFlat() {
    return isFlat(suites);
  }

  static boolean isFlat(List<String> suites) {
    return suites.stream().anyMatch(suite -> suite.endsWith("/"));
  }

  private static List<String> suites(List<String> suites) {
    return isFlat(suites) ? directories(suites) : words("suites", suites);
  }

  private static List<String> directories(List<String> suites) {
    for (String suite : suites) {
      if (!DIRECTORY.matcher(suite).matches()) {
        throw new IllegalArgumentException(
            "'"
                + Shown.of(suite)
                + "' cannot stand beside the directories of a flat repository: write a path below"
                + " its root with a slash at the end, such as ./ or stable/");
      }
    }
    return distinct("suites", suites);
  }

  private static URI root(URI address) {
    return URI.create(Address.parse(address.toString()).toString().replaceAll("/+$", ""));
  }

  /** Words where the family's repositories have such parts. */
  static List<String> parts(String what, List<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a repository needs " + what + ": write at least one");
    }
    return what.equals("suites") ? suites(words) : words(what, words);
  }

  private static List<String> words(String what, List<String> words) {
    for (String word : words) {
      if (!WORD.matcher(word).matches()) {
        throw new IllegalArgumentException(
            "'"
                + Shown.of(word)
                + "' cannot stand in "
                + what
                + ": write a plain word"
                + (what.equals("suites") ? ", or ./ for a flat repository" : ""));
      }
    }
    return distinct(what, words);
  }

  private static List<String> distinct(String what, List<String> words) {
    if (words.stream().distinct().count() != words.size()) {
      throw new IllegalArgumentException(what + " holds a word twice: keep one");
    }
    return List.copyOf(words);
  }
}
