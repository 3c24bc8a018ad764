package dev.kiln.builder.distro;

import java.util.Set;

/**
 * What of an earlier lock is chosen anew, although it would still do.
 *
 * @param everything whether nothing of it is preferred
 * @param names packages, builds and the like whose locked versions are not preferred
 */
public record Renewal(boolean everything, Set<String> names) {
  /** Only what the profile's change forces. */
  public static final Renewal NONE = new Renewal(false, Set.of());

  /** All of it. */
  public static final Renewal ALL = new Renewal(true, Set.of());

  public Renewal {
    names = Set.copyOf(names);
  }

  /** These, and what they force. */
  public static Renewal of(Set<String> names) {
    return new Renewal(false, names);
  }

  public boolean covers(String name) {
    return everything || names.contains(name);
  }
}
