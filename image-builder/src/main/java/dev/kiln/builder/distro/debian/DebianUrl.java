package dev.kiln.builder.distro.debian;

import dev.kiln.builder.distro.PackageUrl;
import java.util.SortedMap;
import java.util.TreeMap;

/** The package URLs of Debian's packages (type {@code deb} of the purl specification). */
final class DebianUrl {
  private DebianUrl() {}

  /**
   * Names a package.
   *
   * @param architecture of a source package, {@code source}
   * @param suite it came from; that of a flat repository names no release
   */
  static PackageUrl of(String name, String version, String architecture, String suite) {
    SortedMap<String, String> qualifiers = new TreeMap<>();
    qualifiers.put("arch", architecture);
    if (!suite.endsWith("/")) {
      qualifiers.put("distro", codeName(suite));
    }
    return new PackageUrl("deb", "debian", name, version, qualifiers);
  }

  /** The release that a suite belongs to: bookworm-security is bookworm. */
  private static String codeName(String suite) {
    return suite.split("[-/]", 2)[0];
  }
}
