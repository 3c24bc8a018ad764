package dev.kiln.profile;

/**
 * The distribution an image is made of.
 *
 * @param name the ID of its os-release(5): {@code debian}
 * @param release its code name: {@code bookworm}
 */
public record Distribution(String name, String release) {
  public Distribution {
    Words.name("a distribution", name);
    Words.name("a release", release);
    if (!name.equals("debian")) {
      throw new IllegalArgumentException(
          "the distribution '" + name + "' cannot be baked; this version bakes debian");
    }
  }
}
