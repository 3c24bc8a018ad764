package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.Arrays;
import java.util.Locale;

/**
 * A machine architecture, by Kiln's own name of it in profile, lock and manifest: the one that Go,
 * OCI and Debian use. A family translates it to its own ({@link FamilyRules#architectures}).
 */
public enum Architecture {
  /** x86-64. */
  AMD64,
  /** AArch64. */
  ARM64;

  /** The architecture of a name. */
  static Architecture named(String text) {
    return Arrays.stream(values())
        .filter(each -> each.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + Shown.of(text) + "' is not one of " + Arrays.toString(values())));
  }

  /** The name: {@code amd64}, {@code arm64}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
