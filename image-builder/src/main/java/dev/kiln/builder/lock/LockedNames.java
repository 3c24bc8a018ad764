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
   * Refuses names that the lock does not have, and those of pins, all at once: they would be passed
   * over.
   *
   * @throws KilnException of kind INPUT
   */
  public static void requireKnown(Renewal renewal, Lock lock) {
    Set<String> known = of(lock);
    List<Problem> unknown =
        renewal.names().stream()
            .filter(name -> !known.contains(name))
            .sorted()
            .map(name -> isPin(name, lock) ? pin(name) : unknown(name))
            .toList();
    if (!unknown.isEmpty()) {
      throw new KilnException(KilnException.Kind.INPUT, unknown, null);
    }
  }

  private static boolean isPin(String name, Lock lock) {
    return lock.pins().stream().map(LockedPin::name).anyMatch(name::equals);
  }

  private static Problem pin(String name) {
    return Problem.of(
        "'" + name + "' is a pin: there is nothing to choose, its version is what the profile says",
        "Write another version into the profile; what locks or bakes takes it from there");
  }

  private static Problem unknown(String name) {
    return Problem.of(
        "the lock has no package or build '" + name + "' to update",
        "Check its spelling; 'kit' means the tools of the bake");
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
    lock.builds().stream().map(LockedBuild::name).forEach(names::add);
    return names;
  }
}
