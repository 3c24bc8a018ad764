package dev.kiln.builder.source;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import java.util.List;
import java.util.Map;

/** The source packages of one family. */
public interface SourceFormat {
  /**
   * Compares what the package says of itself with the lock.
   *
   * @param files of the package, in the lock's order
   * @throws dev.kiln.failure.KilnException of kind INPUT that tells everything that differs
   */
  void check(Build wanted, Making.OfPackage made, SourcePackage locked, List<CachedFile> files);

  /**
   * Lines for the shell of a build: the package's files are in {@code /run/source}. They leave the
   * shell in a directory with its sources, and export SOURCE_DATE_EPOCH.
   */
  String unpacking();

  /** The programs that the lines need, by their paths in a root; to the packages that have them. */
  Map<String, String> programs();
}
