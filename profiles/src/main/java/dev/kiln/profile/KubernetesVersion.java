package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A released version of Kubernetes, such as {@code v1.36.4}. */
public record KubernetesVersion(int major, int minor, int patch)
    implements Comparable<KubernetesVersion> {
  private static final Pattern TEXT =
      Pattern.compile("v([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})(?:[-+].*)?");

  public static KubernetesVersion parse(String text) {
    return find(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + Shown.of(text)
                        + "' is not a version of Kubernetes: write such as v1.36.4"));
  }

  static Optional<KubernetesVersion> find(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new KubernetesVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /** Whether this is 1.{@code minor} or newer. */
  public boolean atLeast(int minor) {
    return major > 1 || (major == 1 && this.minor >= minor);
  }

  @Override
  public int compareTo(KubernetesVersion other) {
    return Comparator.comparingInt(KubernetesVersion::major)
        .thenComparingInt(KubernetesVersion::minor)
        .thenComparingInt(KubernetesVersion::patch)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return "v" + major + "." + minor + "." + patch;
  }
}
