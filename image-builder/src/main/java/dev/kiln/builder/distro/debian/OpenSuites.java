package dev.kiln.builder.distro.debian;

import dev.kiln.builder.distro.ArchiveAccess;
import dev.kiln.builder.distro.ArchiveSource;
import dev.kiln.builder.distro.debian.archive.Keyring;
import dev.kiln.builder.distro.debian.archive.SignedSuite;
import dev.kiln.builder.distro.debian.archive.Suite;
import dev.kiln.builder.distro.debian.index.IndexEntry;
import dev.kiln.document.UtcTime;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.IndexName;
import dev.kiln.lock.LockedIndex;
import dev.kiln.profile.Repository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The suites that were read until now. Each is read once, and its indexes when they are asked for.
 */
final class OpenSuites {
  private final ArchiveAccess access;
  private final Map<Key, SignedSuite> open = new HashMap<>();
  private final Map<String, ArchiveSource> sources = new HashMap<>();
  private final Map<SignedSuite, Map<String, List<IndexEntry>>> entries = new HashMap<>();

  OpenSuites(ArchiveAccess access) {
    this.access = access;
  }

  /** What makes two wishes for a suite the same. */
  private record Key(String repository, String suite, List<String> components, Digest keys) {}

  /** All suites of a profile's repositories, in its order. */
  List<SignedSuite> of(Map<String, Repository> repositories) {
    List<SignedSuite> suites = new ArrayList<>();
    for (Repository repository : repositories.values()) {
      suites.addAll(of(repository));
    }
    return suites;
  }

  /** The suites of one repository. */
  List<SignedSuite> of(Repository repository) {
    Digest keys = keys(repository);
    return repository.suites().stream()
        .map(
            name ->
                open.computeIfAbsent(
                    new Key(repository.name(), name, repository.components(), keys),
                    key -> read(repository, name)))
        .toList();
  }

  /** Reads one suite's own file, and keeps nothing of it. */
  void verify(Repository repository, String suite) {
    read(repository, suite);
  }

  /** What stands in the suites' Packages indexes, in order. */
  List<IndexEntry> packages(List<SignedSuite> suites, String architecture) {
    List<IndexEntry> all = new ArrayList<>();
    for (SignedSuite suite : suites) {
      all.addAll(
          entries
              .computeIfAbsent(suite, unused -> new HashMap<>())
              .computeIfAbsent(architecture, suite::packages));
    }
    return all;
  }

  /** How a lock names a suite that was read. */
  LockedIndex locked(SignedSuite suite, Repository repository) {
    IndexName name =
        new IndexName(suite.suite().repository(), suite.suite().name(), new UtcTime(suite.made()));
    return new LockedIndex(
        name,
        suite.suite().components(),
        keys(repository),
        suite.digest(),
        access
            .newestLocked(name.repository(), name.suite())
            .filter(newest -> name.time().isBefore(newest))
            .isPresent());
  }

  /** The digest by which a lock knows the keys of a repository. */
  static Digest keys(Repository repository) {
    return Digest.of(repository.keyring().bytes());
  }

  private SignedSuite read(Repository repository, String name) {
    Keyring keyring = Keyring.read(repository.keyring().name(), repository.keyring().bytes());
    Suite suite = new Suite(repository.name(), name, repository.components(), keyring);
    ArchiveSource source = sources.computeIfAbsent(suite.repository(), access.files());
    Optional<UtcTime> newest =
        access.allowOlder()
            ? Optional.empty()
            : access.newestLocked(suite.repository(), suite.name());
    return SignedSuite.open(
        source,
        suite,
        access.now(),
        (file, made) ->
            newest
                .filter(locked -> new UtcTime(made).isBefore(locked))
                .ifPresent(locked -> refuseRollback(file, new UtcTime(made), locked)));
  }

  /** Who keeps old, validly signed indexes back can keep back every mend of a flaw. */
  private static void refuseRollback(String file, UtcTime made, UtcTime locked) {
    throw KilnException.input(
        file + " was made at " + made + ", before the one that is locked, of " + locked,
        "Use a mirror that is up to date; or take the older one with --allow-older");
  }
}
