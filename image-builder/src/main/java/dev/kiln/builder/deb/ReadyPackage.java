package dev.kiln.builder.deb;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.lock.LockedPackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A package that can be installed at once.
 *
 * @param cached as {@link ReadyPackages} made it; not looked at until {@link #checkAll}
 */
public record ReadyPackage(LockedPackage locked, CachedFile cached) {
  /** Pairs packages with their files, in the same order. */
  public static List<ReadyPackage> pair(List<LockedPackage> locked, List<CachedFile> files) {
    List<ReadyPackage> pairs = new ArrayList<>();
    for (int i = 0; i < locked.size(); i++) {
      pairs.add(new ReadyPackage(locked.get(i), files.get(i)));
    }
    return List.copyOf(pairs);
  }

  /** Reads each package once: what is then installed is what was made ready. */
  public static void checkAll(List<ReadyPackage> packages) {
    CachedFile.checkAll(packages.stream().map(ReadyPackage::cached).toList());
  }

  public Path file() {
    return cached.path();
  }

  /** The entries of what a ready package installs, read from its file. */
  static TarReader data(InputStream file) throws IOException {
    ArReader ar = new ArReader(file);
    for (Optional<ArMember> next = ar.next(); next.isPresent(); next = ar.next()) {
      if (next.get().name().equals("data.tar")) {
        return new TarReader(next.get().bytes());
      }
      next.get().bytes().skipRest();
    }
    throw new HostileDeb("it has no uncompressed data member");
  }
}
