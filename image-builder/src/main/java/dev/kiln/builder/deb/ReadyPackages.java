package dev.kiln.builder.deb;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.fetch.Crew;
import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedPackage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Packages ready to install: checked, and their members uncompressed, which dpkg unpacks in half
 * the time. Each is made once and kept in the cache; dpkg sees the same files, metadata and control
 * files as in the original.
 */
public final class ReadyPackages {
  /** Changes when what is made changes. */
  private static final String KIND = "ready-deb";

  private final Cache cache;
  private final Fetcher fetcher;

  public ReadyPackages(Cache cache, Fetcher fetcher) {
    this.cache = cache;
    this.fetcher = fetcher;
  }

  /**
   * Fetches what is missing, and makes each package ready as soon as it is there.
   *
   * @return the ready .deb of each package, in the order asked for; what was ready before is not
   *     read
   */
  public List<CachedFile> readyAll(List<LockedPackage> packages, PackageDownloads downloads) {
    Map<Digest, LockedPackage> byDigest = new LinkedHashMap<>();
    packages.forEach(locked -> byDigest.putIfAbsent(locked.digest(), locked));
    byDigest.keySet().removeIf(digest -> cache.findEntry(KIND, digest).isPresent());
    List<Download> missing = byDigest.values().stream().map(downloads::of).toList();
    try (Crew<CachedFile> crew =
        new Crew<>(Math.max(2, Runtime.getRuntime().availableProcessors()))) {
      fetcher.fetchAll(
          missing,
          (download, arrived) -> {
            LockedPackage locked = Objects.requireNonNull(byDigest.get(download.digest()));
            crew.start(() -> ready(locked, cache.file(download.digest())));
          });
      crew.finish();
    }
    return packages.stream().map(this::ready).toList();
  }

  /**
   * Makes one ready that was fetched before.
   *
   * @throws KilnException when it was not fetched, or is refused
   */
  public CachedFile ready(LockedPackage locked) {
    return cache
        .findEntry(KIND, locked.digest())
        .map(CacheEntry::file)
        .or(
            () ->
                cache
                    .find(locked.digest())
                    .map(found -> ready(locked, cache.file(locked.digest()))))
        .orElseThrow(
            () ->
                KilnException.input(
                    "the package "
                        + locked.name()
                        + " "
                        + locked.version()
                        + " is not in the cache",
                    "Fetch it first"));
  }

  private CachedFile ready(LockedPackage locked, CachedFile deb) {
    return cache
        .entry(
            KIND,
            locked.digest(),
            target -> {
              // It may have been fetched long ago.
              deb.check();
              try (ArWriter writer = new ArWriter(target)) {
                new DebReader(locked, Limits.USUAL).read(deb.path(), writer);
              }
            })
        .file();
  }
}
