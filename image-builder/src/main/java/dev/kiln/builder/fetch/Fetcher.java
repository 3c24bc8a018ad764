package dev.kiln.builder.fetch;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.progress.Bar;
import dev.kiln.builder.progress.Progress;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Fetches into the cache: all downloads at once, a few at a time; each resumed where it broke off,
 * bounded by its size, and checked against its digest before anybody sees it.
 */
public final class Fetcher implements AutoCloseable {
  static final int AT_ONCE = 8;

  private final Cache cache;
  private final Progress progress;
  private final Patience patience;
  private final Sources sources;

  /**
   * @param environment where proxies and SSL_CERT_FILE are looked up, usually {@link
   *     System#getenv()}
   */
  public Fetcher(Cache cache, Progress progress, Map<String, String> environment) {
    this(cache, progress, environment, Patience.USUAL);
  }

  public Fetcher(
      Cache cache, Progress progress, Map<String, String> environment, Patience patience) {
    this(cache, progress, patience, new Sources(environment, patience));
  }

  Fetcher(Cache cache, Progress progress, Patience patience, Sources sources) {
    this.cache = cache;
    this.progress = progress;
    this.patience = patience;
    this.sources = sources;
  }

  /** Where all goes that it fetches. */
  public Cache cache() {
    return cache;
  }

  /** Fetches one. */
  public Path fetch(Download download) {
    return fetchAll(List.of(download)).values().iterator().next();
  }

  /** Fetches one and reads it: also what the cache had is checked, and fetched again if need be. */
  public byte[] read(Download download, int most) {
    return cache.mending(
        progress::note,
        () -> {
          fetch(download);
          return cache.file(download.digest()).read(most);
        });
  }

  /**
   * Fetches what the cache does not have.
   *
   * @return the file of each digest, mode 0444
   */
  public Map<Digest, Path> fetchAll(List<Download> downloads) {
    return fetchAll(downloads, (download, file) -> {});
  }

  /**
   * Fetches what the cache does not have. When some fail, the others are still fetched, and every
   * failure is told.
   *
   * @param arrived is told of each file as it arrives or is found, on the thread that fetched it
   */
  public Map<Digest, Path> fetchAll(List<Download> downloads, BiConsumer<Download, Path> arrived) {
    Map<Digest, Download> wanted = new LinkedHashMap<>();
    downloads.forEach(download -> wanted.putIfAbsent(download.digest(), download));
    try (Bar bar = progress.bar("fetch", bytesToFetch(wanted));
        Crew<Map.Entry<Digest, Path>> crew = new Crew<>(AT_ONCE)) {
      for (Download download : wanted.values()) {
        crew.start(
            () -> {
              Path file = fetch(download, bar);
              arrived.accept(download, file);
              return Map.entry(download.digest(), file);
            });
      }
      return crew.finish().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
  }

  /**
   * Fetches files whose digests nobody knows yet, a few at a time, and keeps them in the cache.
   *
   * @return their digests, in the same order
   */
  public List<Digest> fetchUnknown(List<UnknownFile> files) {
    try (Bar bar = progress.bar("fetch", 0);
        Crew<Digest> crew = new Crew<>(AT_ONCE)) {
      FetchUnknown fetch = new FetchUnknown(cache, sources, patience, bar);
      files.forEach(file -> crew.start(() -> fetch.fetch(file)));
      return crew.finish();
    }
  }

  /**
   * Begins to fetch what will be needed and is not in the cache; what fails is told by whoever
   * waits for its end.
   */
  public Crew<Path> begin(List<Download> downloads) {
    Crew<Path> crew = new Crew<>(AT_ONCE);
    for (Download download : downloads) {
      if (cache.find(download.digest()).isPresent()) {
        continue;
      }
      crew.start(
          () -> {
            try (Bar bar = progress.bar("fetch", download.size().orElse(0))) {
              return fetch(download, bar);
            }
          });
    }
    return crew;
  }

  /**
   * Asks an address for something small whose digest nobody knows yet, such as a signed index.
   *
   * @param maxBytes how much is read before it is refused
   * @param othersFollow whether the caller asks elsewhere when this address fails: a host that
   *     cannot be reached is then not asked again
   * @throws KilnException where nobody answers, it may not be had, or what comes is too much
   */
  public SmallAnswer askSmall(String label, URI address, int maxBytes, boolean othersFollow) {
    try {
      return new SmallFetch(label, sources, patience, maxBytes).ask(address, othersFollow);
    } catch (IOException e) {
      throw KilnException.io("fetch " + label, e);
    }
  }

  /**
   * The first of the addresses where it could be fetched from. Nothing is, and what is there is not
   * checked.
   *
   * @throws KilnException with what every address had to say, when it is at none
   */
  public URI firstThatAnswers(String label, List<URI> addresses) {
    addresses.forEach(Addresses::requireSupported);
    try {
      return new Attempts(label, sources, patience)
          .first(
              addresses,
              address -> {
                sources.look(address);
                return address;
              });
    } catch (IOException e) {
      throw KilnException.io("ask for " + label, e);
    }
  }

  /** Tells whoever watches of something that is not as it should be. */
  public void note(String line) {
    progress.note(line);
  }

  /** Ends its connections; nobody fetches any more. */
  @Override
  public void close() {
    sources.close();
  }

  private Path fetch(Download download, Bar bar) {
    Path file =
        cache.blob(
            download.digest(),
            writer -> new Transfer(download, sources, patience, bar).fill(writer));
    requireSize(download, file);
    return file;
  }

  /** What was here before was found by its digest alone. */
  private static void requireSize(Download download, Path file) {
    try {
      long size = Files.size(file);
      if (download.size().isPresent() && download.size().getAsLong() != size) {
        throw KilnException.input(
            download.label() + " has " + size + " bytes, not " + download.size().getAsLong(),
            "Lock again: what names it says a wrong size");
      }
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    }
  }

  private long bytesToFetch(Map<Digest, Download> wanted) {
    return wanted.values().stream()
        .filter(download -> cache.find(download.digest()).isEmpty())
        .map(Download::size)
        .mapToLong(size -> size.orElse(0))
        .sum();
  }
}
