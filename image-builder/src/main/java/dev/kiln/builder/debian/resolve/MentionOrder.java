package dev.kiln.builder.debian.resolve;

import dev.kiln.builder.debian.IndexEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the indexes first name each package, be it as a package or in a relation. It
 * has no meaning; but apt falls back on it where nothing else decides between two providers, and
 * the choice must be apt's.
 */
final class MentionOrder {
  /** The order in which apt reads the fields of a paragraph. */
  private static final List<String> FIELDS =
      List.of(
          "Pre-Depends",
          "Depends",
          "Conflicts",
          "Breaks",
          "Recommends",
          "Suggests",
          "Replaces",
          "Enhances",
          "Provides");

  private final List<IndexEntry> entries;
  private @Nullable Map<String, Integer> ranks;

  MentionOrder(List<IndexEntry> entries) {
    this.entries = entries;
  }

  /** Greater for a package that is first named later. */
  int rank(String name) {
    if (ranks == null) {
      ranks = rankAll();
    }
    return ranks.getOrDefault(name, -1);
  }

  private Map<String, Integer> rankAll() {
    Map<String, Integer> all = new HashMap<>();
    for (IndexEntry entry : entries) {
      all.putIfAbsent(entry.name(), all.size());
      for (String field : FIELDS) {
        entry.field(field).ifPresent(value -> rankNames(value, all));
      }
    }
    return all;
  }

  /** Takes the names alone: reading every relation of every package would take seconds. */
  private static void rankNames(String field, Map<String, Integer> all) {
    int at = 0;
    while (at < field.length()) {
      int end = at;
      while (end < field.length() && ",|".indexOf(field.charAt(end)) < 0) {
        end++;
      }
      String name = nameIn(field.substring(at, end).strip());
      // 'python3:any' is a name of its own to apt, and says nothing about 'python3'.
      if (!name.isEmpty() && !name.contains(":")) {
        all.putIfAbsent(name, all.size());
      }
      at = end + 1;
    }
  }

  private static String nameIn(String relation) {
    int end = 0;
    while (end < relation.length() && " \t([<".indexOf(relation.charAt(end)) < 0) {
      end++;
    }
    return relation.substring(0, end);
  }
}
