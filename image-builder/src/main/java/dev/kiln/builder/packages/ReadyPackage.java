package dev.kiln.builder.packages;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.lock.LockedPackage;
import java.nio.file.Path;
import java.util.List;

/**
 * A package that can be installed at once.
 *
 * @param cached as {@link ReadyPackages} made it; not looked at until {@link #checkAll}
 */
public record ReadyPackage(LockedPackage locked, CachedFile cached) {
  /** Reads each package once: what is then installed is what was made ready. */
  public static void checkAll(List<ReadyPackage> packages) {
    CachedFile.checkAll(packages.stream().map(ReadyPackage::cached).toList());
  }

  public Path file() {
    return cached.path();
  }
}
