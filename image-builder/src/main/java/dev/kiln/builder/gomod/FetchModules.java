package dev.kiln.builder.gomod;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.fetch.UnknownFile;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.failure.KilnException;
import dev.kiln.file.BoundedFile;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedSource.ModuleFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Brings files of modules that are known by the hashes of a {@code go.sum}, and tells their
 * digests. Which bytes once had a hash is remembered, so that nothing comes twice.
 */
final class FetchModules {
  /** Bytes of a go.mod, as Go itself bounds them. */
  private static final int MOST_MOD = 16 << 20;

  private static final String KIND = "module-digest";

  private final Cache cache;
  private final Fetcher fetcher;
  private final ModuleProxies proxies;

  FetchModules(Fetcher fetcher, ModuleProxies proxies) {
    this.cache = fetcher.cache();
    this.fetcher = fetcher;
    this.proxies = proxies;
  }

  /**
   * Fetches what is not in the cache, and reads what is.
   *
   * @param hashes of every file that is wanted
   * @return each with its digest and size, in the same order
   */
  List<ModuleFile> fetch(Map<GoSum.Entry, String> hashes) {
    Map<GoSum.Entry, ModuleFile> files = new HashMap<>();
    List<Map.Entry<GoSum.Entry, String>> missing = new ArrayList<>();
    for (Map.Entry<GoSum.Entry, String> each : hashes.entrySet()) {
      known(each.getKey(), each.getValue())
          .ifPresentOrElse(file -> files.put(each.getKey(), file), () -> missing.add(each));
    }
    List<Digest> came =
        fetcher.fetchUnknown(
            missing.stream().map(each -> unknown(each.getKey(), each.getValue())).toList());
    for (int i = 0; i < missing.size(); i++) {
      remember(missing.get(i).getValue(), came.get(i));
      files.put(missing.get(i).getKey(), file(missing.get(i).getKey(), came.get(i)));
    }
    return hashes.keySet().stream()
        .map(entry -> Objects.requireNonNull(files.get(entry), entry::toString))
        .toList();
  }

  private Optional<ModuleFile> known(GoSum.Entry entry, String hash) {
    return cache
        .findEntry(KIND, key(hash))
        .map(CacheEntry::file)
        .map(record -> Digest.parse(new String(record.read(200), StandardCharsets.UTF_8).strip()))
        .filter(digest -> cache.find(digest).isPresent())
        .map(digest -> file(entry, digest));
  }

  private void remember(String hash, Digest digest) {
    cache.entry(KIND, key(hash), target -> Files.writeString(target, digest + "\n"));
  }

  private static Digest key(String hash) {
    return new ProductKey("the digest of a module's file").add("hash", hash).digest();
  }

  private ModuleFile file(GoSum.Entry entry, Digest digest) {
    try {
      return new ModuleFile(
          entry.module(),
          entry.version(),
          entry.kind(),
          Files.size(cache.file(digest).path()),
          digest);
    } catch (IOException e) {
      throw KilnException.io("read " + cache.file(digest), e);
    }
  }

  private UnknownFile unknown(GoSum.Entry entry, String hash) {
    return new UnknownFile(
        "the module " + entry,
        proxies.all().stream()
            .map(proxy -> new UnknownFile.Place(proxy.address(entry.path()), proxy.passedOver()))
            .toList(),
        entry.kind() == ModuleFile.Kind.MOD ? MOST_MOD : ModuleArchive.MOST_BYTES,
        came -> requireHash(entry, hash, came));
  }

  private static void requireHash(GoSum.Entry entry, String hash, Path came) throws IOException {
    String found = hashOf(entry, came);
    if (!found.equals(hash)) {
      throw KilnException.input(
          "gives another " + entry + ": " + found + ", not " + hash,
          "Take it from another proxy; where all give the same, find out who changed it");
    }
  }

  private static String hashOf(GoSum.Entry entry, Path file) throws IOException {
    if (entry.kind() == ModuleFile.Kind.MOD) {
      return ModuleHash.ofMod(BoundedFile.read(file, MOST_MOD));
    }
    try (ModuleArchive archive = ModuleArchive.open(entry.module(), entry.version(), file)) {
      return archive.hash();
    }
  }
}
