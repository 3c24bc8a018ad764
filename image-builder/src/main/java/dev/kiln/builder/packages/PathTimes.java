package dev.kiln.builder.packages;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The times that packages give their files. Seconds since 1970.
 *
 * @param newest of them; 0 where there is none
 * @param byPath by the plain path of each file and link, each byte of it one character (ISO
 *     8859-1); of packages that share a path, every one's. A directory is everybody's and has none
 */
public record PathTimes(long newest, SortedMap<String, SortedSet<Long>> byPath) {
  public PathTimes {
    byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
  }
}
