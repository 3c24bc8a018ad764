package dev.kiln.builder.deb;

import dev.kiln.lock.LockedPackage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A package that can be installed at once.
 *
 * @param file as {@link ReadyPackages} made it
 */
public record ReadyPackage(LockedPackage locked, Path file) {
  /** Pairs packages with their files, in the same order. */
  public static List<ReadyPackage> pair(List<LockedPackage> locked, List<Path> files) {
    List<ReadyPackage> pairs = new ArrayList<>();
    for (int i = 0; i < locked.size(); i++) {
      pairs.add(new ReadyPackage(locked.get(i), files.get(i)));
    }
    return List.copyOf(pairs);
  }
}
