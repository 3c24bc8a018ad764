package dev.kiln.builder.lock;

import dev.kiln.builder.distro.Renewal;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedPin;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The names of a lock that can be chosen anew. */
public final class LockedNames {
  private LockedNames() {}

  /**
   * Refuses names that the lock does not have, all at once: a misspelt one would be passed over.
   *
   * @throws KilnException of kind INPUT
   */
  public static void requireKnown(Renewal renewal, Lock lock) {
    Set<String> known = of(lock);
    List<Problem> unknown =
        renewal.names().stream()
            .filter(name -> !known.contains(name))
            .sorted()
            .map(
                name ->
                    Problem.of(
                        "the lock has no package, pin or build '" + name + "' to update",
                        "Check its spelling; 'kit' means the tools of the bake"))
            .toList();
    if (!unknown.isEmpty()) {
      throw new KilnException(KilnException.Kind.INPUT, unknown, null);
    }
  }

  private static Set<String> of(Lock lock) {
    Set<String> names = new HashSet<>(Set.of(LockRequest.KIT));
    Stream.of(
            lock.packages().stream(),
            lock.boot().packages().stream(),
            lock.kits().stream().flatMap(kit -> kit.packages().stream()),
            lock.builds().stream().flatMap(build -> build.toolchain().stream()))
        .flatMap(Function.identity())
        .map(LockedPackage::name)
        .forEach(names::add);
    lock.pins().stream().map(LockedPin::name).forEach(names::add);
    lock.builds().stream().map(LockedBuild::name).forEach(names::add);
    return names;
  }
}
