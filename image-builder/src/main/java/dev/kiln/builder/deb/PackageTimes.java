package dev.kiln.builder.deb;

import dev.kiln.failure.KilnException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files that packages bring, and the times they give them, read from their archives' headers.
 * Seconds since 1970, as far as squashfs can hold them (unsigned, 32 bits): any other time counts
 * as nobody's.
 */
public final class PackageTimes {
  private static final long LAST = 0xffff_ffffL;

  /** Most files are small, and all that is read of them is the header. */
  private static final int BUFFER = 1 << 12;

  private final MergedUsr merged;
  private final SortedMap<String, SortedSet<Long>> byPath = new TreeMap<>();
  private final Map<String, String> bringers = new HashMap<>();
  private long newest;

  private PackageTimes(MergedUsr merged) {
    this.merged = merged;
  }

  /**
   * Reads the times of all packages of a root.
   *
   * @param packages by their names, in the order in which they are unpacked
   */
  public static PackageTimes of(Map<String, Path> packages, MergedUsr merged) {
    PackageTimes times = new PackageTimes(merged);
    packages.forEach(times::add);
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

  private void add(String name, Path ready) {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(ready), BUFFER)) {
      add(name, ReadyDeb.data(file));
    } catch (IOException e) {
      throw KilnException.io("read " + ready, e);
    }
  }

  private void add(String name, TarReader tar) throws IOException {
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      TarEntry entry = next.get();
      boolean counts = entry.mtime() <= LAST;
      newest = counts ? Math.max(newest, entry.mtime()) : newest;
      if (entry.type() != EntryType.DIRECTORY) {
        String path = merged.real(EntryName.plain(entry.name(), false));
        bringers.put(path, name);
        if (counts) {
          byPath.computeIfAbsent(path, unused -> new TreeSet<>()).add(entry.mtime());
        }
      }
    }
  }
}
