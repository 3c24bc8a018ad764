package dev.kiln.builder.deb;

import dev.kiln.failure.KilnException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files that packages bring, and the times they give them, read from their archives' headers.
 * Seconds since 1970, as far as squashfs can hold them (unsigned, 32 bits): any other time counts
 * as nobody's.
 */
public final class PackageTimes {
  private static final long LAST = 0xffff_ffffL;

  /** Most files are small, and all that is read of them is the header. */
  private static final int BUFFER = 1 << 12;

  private final SortedMap<String, SortedSet<Long>> byPath = new TreeMap<>();
  private final Map<String, String> bringers = new HashMap<>();
  private long newest;

  private PackageTimes() {}

  /**
   * One thing of a package.
   *
   * @param file its plain path; nothing of a directory
   */
  private record Brought(Optional<String> file, long time) {}

  /**
   * Reads the times of all packages of a root, of several at once.
   *
   * @param packages by their names, in the order in which they are unpacked
   */
  public static PackageTimes of(Map<String, Path> packages, MergedUsr merged) {
    Map<String, List<Brought>> brought =
        packages.entrySet().parallelStream()
            .collect(
                Collectors.toConcurrentMap(
                    Map.Entry::getKey, each -> read(each.getValue(), merged)));
    PackageTimes times = new PackageTimes();
    packages.keySet().forEach(name -> times.add(name, Objects.requireNonNull(brought.get(name))));
    return times;
  }

  /** The newest of them; 0 where there is none. */
  public long newest() {
    return newest;
  }

  /**
   * By the plain path of each file and link, each byte of it one character (ISO 8859-1); of
   * packages that share a path, every one's. A directory is everybody's and has none.
   */
  public SortedMap<String, SortedSet<Long>> byPath() {
    return Collections.unmodifiableSortedMap(byPath);
  }

  /** The name of the package of each of these paths; of several, the last one's. */
  public Map<String, String> bringers() {
    return Collections.unmodifiableMap(bringers);
  }

  private void add(String name, List<Brought> all) {
    for (Brought each : all) {
      boolean counts = each.time() <= LAST;
      newest = counts ? Math.max(newest, each.time()) : newest;
      each.file()
          .ifPresent(
              path -> {
                bringers.put(path, name);
                if (counts) {
                  byPath.computeIfAbsent(path, unused -> new TreeSet<>()).add(each.time());
                }
              });
    }
  }

  private static List<Brought> read(Path ready, MergedUsr merged) {
    List<Brought> all = new ArrayList<>();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(ready), BUFFER)) {
      TarReader tar = ReadyDeb.data(file);
      for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
        TarEntry entry = next.get();
        Optional<String> path =
            entry.type() == EntryType.DIRECTORY
                ? Optional.empty()
                : Optional.of(merged.real(EntryName.plain(entry.name(), false)));
        all.add(new Brought(path, entry.mtime()));
      }
    } catch (IOException e) {
      throw KilnException.io("read " + ready, e);
    }
    return all;
  }
}
