package dev.kiln.builder.lock;

import dev.kiln.failure.KilnException;
import dev.kiln.profile.Architecture;

/** The architecture of the machine that bakes, which its kit must be of. */
public final class HostArchitecture {
  private HostArchitecture() {}

  /** This machine's. */
  public static Architecture here() {
    return of(System.getProperty("os.arch", ""));
  }

  /**
   * By Java's name of it.
   *
   * @throws KilnException of kind UNSUPPORTED for a machine that has no kit
   */
  static Architecture of(String javaName) {
    return switch (javaName) {
      case "amd64", "x86_64" -> Architecture.AMD64;
      case "aarch64", "arm64" -> Architecture.ARM64;
      default ->
          throw KilnException.unsupported(
              "this machine's architecture, " + javaName + ", has no kit",
              "Bake on amd64 or arm64");
    };
  }
}
