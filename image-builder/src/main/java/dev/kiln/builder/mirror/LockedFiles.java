package dev.kiln.builder.mirror;

import dev.kiln.builder.debian.archive.ReleaseDate;
import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.LastResort;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild.LockedSourceFile;
import dev.kiln.lock.LockedPackage;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The downloads of what a lock takes from repositories: from their mirrors, and once every mirror
 * has dropped it, from the archive.
 */
public final class LockedFiles {
  private final Lock lock;
  private final Mirrors mirrors;

  public LockedFiles(Lock lock, Mirrors mirrors) {
    this.lock = lock;
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
                locked.repository(),
                locked.path(),
                "Lock again: builder lock --update " + locked.name()));
  }

  /** A file of a source package. */
  public Download of(LockedSourceFile file) {
    return new Download(
            file.path(),
            file.digest(),
            OptionalLong.of(file.size()),
            mirrors.of(file.repository(), file.path()))
        .orFrom(
            lastResort(file.path(), file.repository(), file.path(), "Lock again: builder lock"));
  }

  private LastResort lastResort(String label, String repository, String path, String mend) {
    Instant time = indexTime(repository);
    List<URI> archived = mirrors.archived(repository, path, time);
    String lost = label + ", of the index of " + time + ", is at no mirror any more, and the ";
    if (archived.isEmpty()) {
      return new LastResort(
          archived,
          lost + "profile names no archive for the repository " + repository,
          mend + ", or add 'archive:' to the repository");
    }
    return new LastResort(archived, lost + "archive does not have it", mend);
  }

  /** Of the newest index that the repository had: what was chosen from an older one was there. */
  private Instant indexTime(String repository) {
    return lock.repositories().stream()
        .filter(index -> index.name().equals(repository))
        .map(ReleaseDate::of)
        .max(Comparator.naturalOrder())
        .orElseThrow(
            () ->
                KilnException.input(
                    "the lock names no index of the repository '" + repository + "'",
                    "Make it again: builder lock"));
  }
}
