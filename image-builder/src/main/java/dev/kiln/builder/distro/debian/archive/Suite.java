package dev.kiln.builder.distro.debian.archive;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One suite of a repository that a profile wants.
 *
 * @param repository the profile's name of it
 * @param name such as {@code bookworm-security}
 * @param components such as {@code main}
 */
public record Suite(String repository, String name, List<String> components, Keyring keyring) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+~_-]*");
  private static final Pattern PLAIN_PATH =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+~_-]*(/[A-Za-z0-9][A-Za-z0-9.+~_-]*)?");

  public Suite {
    components = List.copyOf(components);
    if (!PLAIN_PATH.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a suite");
    }
    for (String component : components) {
      if (!PLAIN.matcher(component).matches()) {
        throw new IllegalArgumentException("'" + component + "' is no name of a component");
      }
    }
  }

  String path() {
    return "dists/" + name;
  }
}
