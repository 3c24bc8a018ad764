package dev.kiln.builder.layer;

import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is at which path of a layer, kept beside it: enough to know what another layer above it
 * would hide.
 *
 * @param byPath absolute
 */
public record LayerPaths(SortedMap<String, Place> byPath) {
  private static final String FILE = "paths";

  /** Bytes; half a million paths have a tenth of it. */
  private static final int MOST = 256 << 20;

  /**
   * One path.
   *
   * @param sort as {@code ls -l} begins with: {@code d} for a directory, {@code l} for a symbolic
   *     link, {@code -} for a file
   * @param bringer whose it is, in words: {@code package chrony}
   */
  public record Place(char sort, String bringer) {
    public boolean isDirectory() {
      return sort == 'd';
    }

    public boolean isLink() {
      return sort == 'l';
    }
  }

  public LayerPaths {
    byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
  }

  /** Keeps it in an entry of the cache that is being made. */
  public void write(Path entry) throws IOException {
    StringBuilder lines = new StringBuilder();
    byPath.forEach(
        (path, place) ->
            lines
                .append(place.sort())
                .append('\t')
                .append(place.bringer())
                .append('\t')
                .append(path)
                .append('\n'));
    AtomicFile.write(entry.resolve(FILE), lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Reads what was kept in an entry. */
  public static LayerPaths read(CacheEntry entry) {
    SortedMap<String, Place> byPath = new TreeMap<>();
    new String(entry.file(FILE).read(MOST), StandardCharsets.UTF_8)
        .lines()
        .forEach(
            line -> {
              String[] fields = line.split("\t", 3);
              byPath.put(fields[2], new Place(fields[0].charAt(0), fields[1]));
            });
    return new LayerPaths(byPath);
  }
}
