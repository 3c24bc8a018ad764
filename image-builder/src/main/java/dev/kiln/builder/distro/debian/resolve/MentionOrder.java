package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.IndexEntry;
import java.util.Arrays;
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
  private final String architecture;
  private @Nullable Map<String, Integer> ranks;

  /**
   * Of these entries.
   *
   * @param architecture of the image
   */
  MentionOrder(List<IndexEntry> entries, String architecture) {
    this.entries = entries;
    this.architecture = architecture;
  }

  /** Greater for a package that is first named later; greatest for one that no index names. */
  int rank(String name) {
    if (ranks == null) {
      ranks = rankAll();
    }
    return ranks.getOrDefault(name, Integer.MAX_VALUE);
  }

  private Map<String, Integer> rankAll() {
    Map<String, Integer> all = new HashMap<>();
    for (IndexEntry entry : entries) {
      all.putIfAbsent(entry.name(), all.size());
      for (String value : relations(entry.text())) {
        rankNames(value, all);
      }
    }
    return all;
  }

  /** The values of the fields, in apt's order; an empty one where a field is not there. */
  private static String[] relations(String text) {
    String[] values = new String[FIELDS.size()];
    Arrays.fill(values, "");
    int start = 1;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int colon = text.indexOf(':', start);
      int field = FIELDS.indexOf(text.substring(start, colon));
      if (field >= 0) {
        values[field] = text.substring(colon + 1, end);
      }
      start = end + 1;
    }
    return values;
  }

  /** Takes the names alone: reading every relation of every package would take seconds. */
  private void rankNames(String field, Map<String, Integer> all) {
    int at = 0;
    while (at < field.length()) {
      int end = at;
      while (end < field.length() && ",|".indexOf(field.charAt(end)) < 0) {
        end++;
      }
      String name = withoutOwn(nameIn(field.substring(at, end).strip()));
      // 'python3:any' is a name of its own to apt, and says nothing about 'python3'.
      if (!name.isEmpty() && !name.contains(":")) {
        all.putIfAbsent(name, all.size());
      }
      at = end + 1;
    }
  }

  /** Who names 'libc6:amd64' names 'libc6' as well. */
  private String withoutOwn(String name) {
    int colon = name.indexOf(':');
    String qualifier = name.substring(colon + 1);
    boolean own = qualifier.equals(architecture) || qualifier.equals("native");
    return colon >= 0 && own ? name.substring(0, colon) : name;
  }

  private static String nameIn(String relation) {
    int end = 0;
    while (end < relation.length() && " \t([<".indexOf(relation.charAt(end)) < 0) {
      end++;
    }
    return relation.substring(0, end);
  }
}
