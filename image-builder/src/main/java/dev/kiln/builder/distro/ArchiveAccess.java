package dev.kiln.builder.distro;

import dev.kiln.builder.progress.Progress;
import dev.kiln.document.UtcTime;
import dev.kiln.lock.IndexName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How repositories are reached, and what must be true of them.
 *
 * @param files the files of each repository, by the profile's name of it
 * @param locked every generation of an index that the lock before names: none that is older than
 *     the newest of them is taken
 * @param allowOlder whether it is taken all the same
 * @param now the time that dates are compared with
 */
public record ArchiveAccess(
    Function<String, ArchiveSource> files,
    List<IndexName> locked,
    boolean allowOlder,
    Instant now,
    Progress progress) {
  public ArchiveAccess {
    locked = List.copyOf(locked);
  }

  /** The newest generation of an index that was locked before. */
  public Optional<UtcTime> newestLocked(String repository, String suite) {
    return locked.stream()
        .filter(name -> name.isOf(repository, suite))
        .map(IndexName::time)
        .max(UtcTime::compareTo);
  }
}
