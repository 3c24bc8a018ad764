package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.index.IndexEntry;
import dev.kiln.builder.distro.debian.resolve.Locked.LockedEntry;
import dev.kiln.builder.distro.debian.resolve.Resolution.Chosen;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a lock keeps of a resolution. */
public final class TestLock {
  private TestLock() {}

  /** Nothing of it released. */
  public static Locked of(List<Chosen> packages, boolean recommends) {
    return of(packages, recommends, Set.of());
  }

  /** With these names to be updated. */
  public static Locked of(List<Chosen> packages, boolean recommends, Collection<String> updated) {
    return new Locked(packages.stream().map(each -> entry(each, updated)).toList(), recommends);
  }

  private static LockedEntry entry(Chosen chosen, Collection<String> updated) {
    BinaryPackage locked = chosen.candidate();
    IndexEntry entry =
        IndexEntry.of(
            locked.name(),
            locked.version().text(),
            locked.architecture(),
            locked.path(),
            locked.size(),
            locked.digest(),
            locked.relations(),
            locked.origin());
    return new LockedEntry(
        entry,
        chosen.reason(),
        Optional.of("asked for with --update").filter(why -> updated.contains(locked.name())));
  }
}
