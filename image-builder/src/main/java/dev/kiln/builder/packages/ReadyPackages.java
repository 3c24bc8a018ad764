package dev.kiln.builder.packages;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.fetch.Crew;
import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.key.Product;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedPackage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Packages ready to install: checked, and written as their tool installs them fastest. Each is made
 * once and kept in the cache.
 */
public final class ReadyPackages {
  private final Cache cache;
  private final Fetcher fetcher;
  private final PackageFormat format;
  private final String kind;

  /** Makes packages of this format ready. */
  public ReadyPackages(Cache cache, Fetcher fetcher, PackageFormat format) {
    this.cache = cache;
    this.fetcher = fetcher;
    this.format = format;
    this.kind = "ready-" + format.suffix();
  }

  /**
   * Fetches what is missing, and makes each package ready as soon as it is there.
   *
   * @return in the order asked for; what was ready before is not read
   */
  public List<ReadyPackage> readyAll(List<LockedPackage> packages, PackageDownloads downloads) {
    Map<Digest, LockedPackage> byDigest = new LinkedHashMap<>();
    packages.forEach(locked -> byDigest.putIfAbsent(locked.digest(), locked));
    byDigest.values().removeIf(locked -> cache.findEntry(kind, keyOf(locked)).isPresent());
    List<Download> missing = byDigest.values().stream().map(downloads::of).toList();
    try (Crew<CachedFile> crew =
        new Crew<>(Math.max(2, Runtime.getRuntime().availableProcessors()))) {
      fetcher.fetchAll(
          missing,
          (download, arrived) -> {
            LockedPackage locked = Objects.requireNonNull(byDigest.get(download.digest()));
            crew.start(() -> make(locked, cache.file(download.digest())));
          });
      crew.finish();
    }
    return packages.stream().map(locked -> new ReadyPackage(locked, ready(locked))).toList();
  }

  /** Of what is read of it, and of how strictly: what was ready under other rules is read again. */
  public static Digest keyOf(LockedPackage locked) {
    return new ProductKey(Product.READY_PACKAGE)
        .add("name", locked.name())
        .add("version", locked.version())
        .add("architecture", locked.architecture())
        .add("bytes", locked.digest())
        // A wrong one is refused also where the package itself was ready before.
        .add("size", Long.toString(locked.size()))
        .digest();
  }

  /** One that is ready, or was at least fetched. */
  private CachedFile ready(LockedPackage locked) {
    Optional<CachedFile> made = cache.findEntry(kind, keyOf(locked)).map(CacheEntry::file);
    return made.or(
            () ->
                cache.find(locked.digest()).map(found -> make(locked, cache.file(locked.digest()))))
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

  private CachedFile make(LockedPackage locked, CachedFile file) {
    return cache
        .entry(
            kind,
            keyOf(locked),
            target -> {
              // It may have been fetched long ago.
              file.check();
              format.makeReady(locked, file.path(), target);
            })
        .file();
  }
}
