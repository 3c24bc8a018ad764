package dev.kiln.profile;

import java.util.Map;

/**
 * The packages of the {@code os} layer.
 *
 * @param recommends whether what they recommend is installed too
 * @param include package to the reason why it is here; what it depends on follows by itself
 */
public record Packages(boolean recommends, Map<String, String> include) {
  /** No package but the essential ones. */
  public static final Packages NONE = new Packages(false, Map.of());

  public Packages {
    include = Reasons.checked(include, Words::packageName);
  }
}
