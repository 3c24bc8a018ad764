package dev.kiln.profile;

import dev.kiln.failure.Shown;

/**
 * The distribution an image is made of.
 *
 * @param name the ID of its os-release(5): {@code debian}
 * @param release its code name: {@code bookworm}
 */
public record Distribution(String name, String release) {
  public Distribution {
    known(name);
    Words.name("a release", release);
  }

  static String known(String name) {
    if (!name.equals("debian")) {
      throw new IllegalArgumentException(
          "the distribution '" + Shown.of(name) + "' cannot be baked: write debian");
    }
    return name;
  }
}
