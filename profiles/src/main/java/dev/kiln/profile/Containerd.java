package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The container runtime.
 *
 * @param version its series: {@code 1.6}, {@code 2.3}
 * @param configVersion of its config.toml: 2 for containerd 1.x, 3 for 2.x
 * @param sandboxImage the pause image; empty for containerd's own choice
 */
public record Containerd(String version, int configVersion, Optional<String> sandboxImage) {
  private static final Pattern SERIES = Pattern.compile("[12]\\.[0-9]{1,3}");
  private static final Pattern IMAGE = Pattern.compile("[a-z0-9][A-Za-z0-9./:@_-]{0,254}");

  public Containerd {
    series(version);
    int right = version.startsWith("1.") ? 2 : 3;
    if (configVersion != right) {
      throw new IllegalArgumentException(
          "containerd "
              + version
              + " reads configuration version "
              + right
              + ", not "
              + configVersion
              + ": write configVersion: "
              + right);
    }
    sandboxImage.ifPresent(Containerd::image);
  }

  static String series(String text) {
    if (!SERIES.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'"
              + Shown.of(text)
              + "' is not a series of containerd: write two numbers in quotes, such as \"1.6\"");
    }
    return text;
  }

  static String image(String text) {
    if (!IMAGE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text) + "' is not an image: write registry/name:tag");
    }
    return text;
  }

  /** The first number of the series. */
  public int major() {
    return Integer.parseInt(version.substring(0, 1));
  }

  /** The second number of the series. */
  public int minor() {
    return Integer.parseInt(version.substring(2));
  }
}
