package dev.kiln.builder.distro.debian;

import dev.kiln.builder.distro.PackageUrl;
import dev.kiln.lock.LockedDistribution;
import java.util.SortedMap;
import java.util.TreeMap;

/** The package URLs of Debian's packages (type {@code deb} of the purl specification). */
final class DebianUrl {
  private DebianUrl() {}

  /**
   * Names a package.
   *
   * @param distribution it is of; which suite it came through says nothing of that
   * @param architecture of a source package, {@code source}
   */
  static PackageUrl of(
      LockedDistribution distribution, String name, String version, String architecture) {
    SortedMap<String, String> qualifiers = new TreeMap<>();
    qualifiers.put("arch", architecture);
    qualifiers.put("distro", distribution.release());
    return new PackageUrl("deb", distribution.name(), name, version, qualifiers);
  }
}
