package dev.kiln.builder.distro;

import dev.kiln.lock.LockedIndex;
import dev.kiln.lock.LockedSource;
import dev.kiln.profile.Making;
import dev.kiln.profile.Repository;
import java.util.List;
import java.util.Map;

/**
 * The signed repositories of one family, as a lock reads them: nothing is read before it is needed,
 * nothing twice, and all of it is verified.
 */
public interface PackageArchive {
  /**
   * Chooses a set of packages as the family's own tool would choose it. Where the set that was
   * locked before still does, it is kept, and no repository is read.
   *
   * @throws dev.kiln.failure.KilnException of kind INPUT that says who wants what, and why there is
   *     none
   */
  Choice choose(PackageWish wish);

  /**
   * Reads what vouches for one suite of a repository, and nothing else of it.
   *
   * @throws dev.kiln.failure.KilnException where it cannot be had, or is not signed as it should be
   */
  void verify(Repository repository, String suite);

  /**
   * Finds a source package.
   *
   * @param repositories of the profile, by name
   * @return its files, and the indexes that named them
   */
  ChosenSource source(Making.Source wanted, Map<String, Repository> repositories);

  /** A source package with the index it was found in. */
  record ChosenSource(LockedSource.SourcePackage source, List<LockedIndex> indexes) {}
}
