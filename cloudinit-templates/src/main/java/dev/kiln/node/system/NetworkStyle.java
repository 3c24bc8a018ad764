package dev.kiln.node.system;

/** Who gives a machine's network cards their addresses. */
public sealed interface NetworkStyle {
  /**
   * systemd-networkd, with names looked up by systemd-resolved.
   *
   * @param packageName the package that brings it
   * @param resolvedPackage the package of systemd-resolved, which an image may leave out
   */
  record Networkd(String packageName, String resolvedPackage) implements NetworkStyle {
    public Networkd {
      Conventions.requirePackage(packageName);
      Conventions.requirePackage(resolvedPackage);
    }
  }
}
