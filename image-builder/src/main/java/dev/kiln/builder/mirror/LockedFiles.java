package dev.kiln.builder.mirror;

import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.LastResort;
import dev.kiln.lock.IndexName;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSource.SourceFile;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * The downloads of what a lock takes from repositories: from their mirrors, and once every mirror
 * has dropped it, from the archive.
 */
public final class LockedFiles {
  private final Mirrors mirrors;

  public LockedFiles(Mirrors mirrors) {
    this.mirrors = mirrors;
  }

  /** A package of the image, of the kit or of a toolchain. */
  public Download of(LockedPackage locked) {
    String label = locked.name() + " " + locked.version();
    return new Download(
            label,
            locked.digest(),
            OptionalLong.of(locked.size()),
            mirrors.of(locked.repository(), locked.path()))
        .orFrom(
            lastResort(
                label,
                locked.index(),
                locked.path(),
                "Lock again: builder lock --update " + locked.name()));
  }

  /** A file of a source package. */
  public Download of(SourceFile file) {
    return new Download(
            file.path(),
            file.digest(),
            OptionalLong.of(file.size()),
            mirrors.of(file.index().repository(), file.path()))
        .orFrom(
            lastResort(
                file.path(), file.index(), file.path(), "Lock again: builder lock --update"));
  }

  private LastResort lastResort(String label, IndexName index, String path, String mend) {
    Instant time = index.time().instant();
    List<URI> archived = mirrors.archived(index.repository(), path, time);
    String lost = label + ", of the index of " + time + ", is at no mirror any more, and the ";
    if (archived.isEmpty()) {
      return new LastResort(
          archived,
          lost + "profile names no archive for the repository " + index.repository(),
          mend + ", or add 'archive:' to the repository");
    }
    return new LastResort(archived, lost + "archive does not have it", mend);
  }
}
