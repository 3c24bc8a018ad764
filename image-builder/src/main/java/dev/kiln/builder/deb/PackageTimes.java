package dev.kiln.builder.deb;

import dev.kiln.failure.KilnException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The times that packages give their files, read from their archives' headers. Seconds since 1970,
 * as far as squashfs can hold them (unsigned, 32 bits): any other time counts as nobody's.
 */
public final class PackageTimes {
  private static final long LAST = 0xffff_ffffL;

  /** Most files are small, and all that is read of them is the header. */
  private static final int BUFFER = 1 << 12;

  private final MergedUsr merged;
  private final SortedMap<String, SortedSet<Long>> byPath = new TreeMap<>();
  private long newest;

  private PackageTimes(MergedUsr merged) {
    this.merged = merged;
  }

  /** Reads the times of all packages of a root. */
  public static PackageTimes of(List<Path> packages, MergedUsr merged) {
    PackageTimes times = new PackageTimes(merged);
    for (Path each : packages) {
      try (InputStream file = new BufferedInputStream(Files.newInputStream(each), BUFFER)) {
        times.add(ReadyDeb.data(file));
      } catch (IOException e) {
        throw KilnException.io("read " + each, e);
      }
    }
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

  private void add(TarReader tar) throws IOException {
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      TarEntry entry = next.get();
      if (entry.mtime() <= LAST) {
        newest = Math.max(newest, entry.mtime());
        if (entry.type() != EntryType.DIRECTORY) {
          String path = merged.real(EntryName.plain(entry.name(), false));
          byPath.computeIfAbsent(path, unused -> new TreeSet<>()).add(entry.mtime());
        }
      }
    }
  }
}
