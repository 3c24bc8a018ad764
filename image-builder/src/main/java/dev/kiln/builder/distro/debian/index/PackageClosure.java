package dev.kiln.builder.distro.debian.index;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What some packages of a set need of it: every alternative and every provider that is there, and
 * what these need in turn.
 */
public final class PackageClosure {
  private final Map<String, Set<PackageRelations>> byName = new HashMap<>();

  /** Prepares for a set that the resolver closed. */
  public PackageClosure(Collection<PackageRelations> packages) {
    for (PackageRelations each : packages) {
      Stream.concat(Stream.of(each.name()), each.provides().stream())
          .forEach(name -> byName.computeIfAbsent(name, unused -> new LinkedHashSet<>()).add(each));
    }
  }

  /** The names of the packages that have or provide these names, and of all they depend on. */
  public SortedSet<String> of(Stream<String> names) {
    SortedSet<String> chosen = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(names.toList());
    while (!open.isEmpty()) {
      for (PackageRelations each : byName.getOrDefault(open.remove(), Set.of())) {
        if (chosen.add(each.name())) {
          each.dependsOn().forEach(open::add);
        }
      }
    }
    return chosen;
  }
}
