package dev.kiln.builder.deb;

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
