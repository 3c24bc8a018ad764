package dev.kiln.profile;

import java.util.Locale;

/** A machine architecture, by Debian's name of it. */
public enum Architecture {
  /** x86-64. */
  AMD64,
  /** AArch64. */
  ARM64;

  /** Debian's name: {@code amd64}, {@code arm64}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
