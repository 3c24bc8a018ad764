package dev.kiln.builder.distro.debian.assemble;

import dev.kiln.builder.distro.debian.index.PackageClosure;
import dev.kiln.builder.distro.debian.index.PackageRelations;
import java.util.Collection;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * The packages of the base system: those whose files Kiln itself must unpack before dpkg can
 * install anything (Debian Policy 3.8 and 7.2), which are the essential ones, whatever any package
 * must have before it is unpacked, and all that these depend on; and Python, where some package
 * wants it.
 */
final class BootstrapSet {
  /**
   * With it configured, modules are compiled beside the scripts of all other packages, and not at
   * their end (Debian Python Policy: the package of the interpreter, which compiles them).
   */
  private static final String PYTHON = "python3";

  private BootstrapSet() {}

  /** The names of the set's packages, out of a closed set. */
  static SortedSet<String> of(Collection<PackageRelations> packages) {
    return new PackageClosure(packages).of(packages.stream().flatMap(BootstrapSet::firstNames));
  }

  private static Stream<String> firstNames(PackageRelations each) {
    boolean first = each.essential() || each.name().equals(PYTHON);
    return Stream.concat(first ? Stream.of(each.name()) : Stream.empty(), each.preDependsOn());
  }
}
