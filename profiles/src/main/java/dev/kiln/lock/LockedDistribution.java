package dev.kiln.lock;

import dev.kiln.failure.Shown;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The distribution that packages are of.
 *
 * @param family by Kiln's name of it, such as {@code debian}
 * @param name the ID of its os-release(5), such as {@code debian}: one of a family's
 * @param release its code name, such as {@code bookworm}
 */
public record LockedDistribution(String family, String name, String release) {
  private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  public LockedDistribution {
    for (String word : List.of(family, name, release)) {
      if (!WORD.matcher(word).matches()) {
        throw new IllegalArgumentException(
            "'" + Shown.of(word) + "' cannot stand in the name of a distribution");
      }
    }
  }
}
