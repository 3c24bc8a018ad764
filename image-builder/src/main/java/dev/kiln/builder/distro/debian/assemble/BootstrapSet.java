package dev.kiln.builder.distro.debian.assemble;

import dev.kiln.builder.distro.debian.index.PackageClosure;
import dev.kiln.builder.distro.debian.index.PackageRelations;
import java.util.Collection;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * The smallest set of packages whose files Kiln itself must unpack before dpkg can install anything
 * (Debian Policy 3.8 and 7.2): the essential ones, whatever any package must have before it is
 * unpacked, and all that these depend on.
 */
final class BootstrapSet {
  private BootstrapSet() {}

  /** The names of the set's packages, out of a closed set. */
  static SortedSet<String> of(Collection<PackageRelations> packages) {
    return new PackageClosure(packages).of(packages.stream().flatMap(BootstrapSet::firstNames));
  }

  private static Stream<String> firstNames(PackageRelations each) {
    Stream<String> essential = each.essential() ? Stream.of(each.name()) : Stream.empty();
    return Stream.concat(essential, each.preDependsOn());
  }
}
