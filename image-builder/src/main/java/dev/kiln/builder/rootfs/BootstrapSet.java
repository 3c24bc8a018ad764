package dev.kiln.builder.rootfs;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The smallest set of packages whose files Kiln itself must unpack before dpkg can install anything
 * (Debian Policy 3.8 and 7.2): the essential ones, whatever any package must have before it is
 * unpacked, and all that these depend on.
 */
final class BootstrapSet {
  private final Map<String, Set<PackageRelations>> byName = new HashMap<>();
  private final Set<String> chosen = new TreeSet<>();
  private final Deque<PackageRelations> open = new ArrayDeque<>();

  private BootstrapSet(Collection<PackageRelations> packages) {
    for (PackageRelations each : packages) {
      Stream.concat(Stream.of(each.name()), each.provides().stream())
          .forEach(
              name ->
                  byName
                      .computeIfAbsent(name, unused -> new java.util.LinkedHashSet<>())
                      .add(each));
    }
  }

  /** The names of the set's packages, out of a closed set. */
  static Set<String> of(Collection<PackageRelations> packages) {
    BootstrapSet set = new BootstrapSet(packages);
    for (PackageRelations each : packages) {
      if (each.essential()) {
        set.choose(each);
      }
      each.preDependsOn().forEach(set::chooseAllNamed);
    }
    while (!set.open.isEmpty()) {
      set.open.remove().dependsOn().forEach(set::chooseAllNamed);
    }
    return set.chosen;
  }

  private void chooseAllNamed(String name) {
    byName.getOrDefault(name, Set.of()).forEach(this::choose);
  }

  private void choose(PackageRelations each) {
    if (chosen.add(each.name())) {
      open.add(each);
    }
  }
}
