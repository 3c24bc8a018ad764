package dev.kiln.builder.sbom;

import dev.kiln.lock.LockedPackage;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Package URLs (ECMA-427), the names by which vulnerability scanners know packages. */
final class PackageUrl {
  /** Everything else is percent-encoded (ECMA-427, section 5.4). */
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_~:";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PackageUrl() {}

  /**
   * A binary package of Debian.
   *
   * @param distribution the release's code name, such as {@code bookworm}
   */
  static String deb(LockedPackage binary, String distribution) {
    return deb(binary.name(), binary.version(), binary.architecture(), distribution);
  }

  /** A package of Debian; a source package has the architecture {@code source}. */
  static String deb(String name, String version, String architecture, String distribution) {
    return "pkg:deb/debian/"
        + encode(name)
        + '@'
        + encode(version)
        + "?arch="
        + encode(architecture)
        + "&distro="
        + encode(distribution);
  }

  /** What no package manager knows. */
  static String generic(String name, String version) {
    return "pkg:generic/" + encode(name) + '@' + encode(version);
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      if (PLAIN.indexOf(each) >= 0) {
        encoded.append((char) each);
      } else {
        encoded.append('%').append(HEX.toHexDigits(each));
      }
    }
    return encoded.toString();
  }
}
