package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.regex.Pattern;

/**
 * How much a container may log before the kubelet rotates.
 *
 * @param maxSize of one file, as a Kubernetes quantity: {@code 100Mi}
 * @param maxFiles of one container, 2 to 100
 */
public record ContainerLogs(String maxSize, int maxFiles) {
  private static final Pattern QUANTITY = Pattern.compile("[1-9][0-9]{0,5}(?:Ki|Mi|Gi)");

  /** 100 MiB, five files. */
  public static final ContainerLogs DEFAULT = new ContainerLogs("20Mi", 5);

  public ContainerLogs {
    size(maxSize);
    if (maxFiles < 2 || maxFiles > 100) {
      throw new IllegalArgumentException(
          "maxFiles is " + maxFiles + ": write a number from 2 to 100");
    }
  }

  static String size(String text) {
    if (!QUANTITY.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text) + "' is not a size: write a number and Ki, Mi or Gi");
    }
    return text;
  }
}
