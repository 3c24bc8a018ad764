package dev.kiln.builder.packages;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The files that packages bring, and the times they give them. Seconds since 1970.
 *
 * @param newest of them; 0 where there is none
 * @param byPath by the plain path of each file and link, each byte of it one character (ISO
 *     8859-1); of packages that share a path, every one's. A directory is everybody's and has none
 * @param bringers the name of the package of each of these paths; of several, the last one's
 */
public record PathTimes(
    long newest, SortedMap<String, SortedSet<Long>> byPath, Map<String, String> bringers) {
  public PathTimes {
    byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
    bringers = Map.copyOf(bringers);
  }
}
