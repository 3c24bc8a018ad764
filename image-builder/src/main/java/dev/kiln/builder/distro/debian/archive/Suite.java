package dev.kiln.builder.distro.debian.archive;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One suite of a repository that a profile wants.
 *
 * @param repository the profile's name of it
 * @param name such as {@code bookworm-security}; of a flat repository the directory of its indexes
 *     with a slash at its end, such as {@code ./}
 * @param components such as {@code main}; none in a flat repository
 */
public record Suite(String repository, String name, List<String> components, Keyring keyring) {
  private static final String PLAIN = "[A-Za-z0-9][A-Za-z0-9.+~_-]*";
  private static final Pattern PATH = Pattern.compile(PLAIN + "(?:/" + PLAIN + ")*");
  private static final Pattern DIRECTORY = Pattern.compile("/|\\./|(?:\\./)?(?:" + PLAIN + "/)+");

  public Suite {
    components = List.copyOf(components);
    if (!(isFlat(name) ? DIRECTORY : PATH).matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a suite");
    }
    for (String component : components) {
      if (!PATH.matcher(component).matches()) {
        throw new IllegalArgumentException("'" + component + "' is no name of a component");
      }
    }
  }

  boolean isFlat() {
    return isFlat(name);
  }

  private static boolean isFlat(String name) {
    return name.endsWith("/");
  }

  /** Where its signed file lies below the repository's root: empty, or with a slash at its end. */
  String directory() {
    return isFlat() ? name.replaceFirst("^\\.?/", "") : "dists/" + name + "/";
  }
}
