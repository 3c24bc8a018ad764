package dev.kiln.builder.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What modules want beside what they cannot be without, by names and aliases: the tables {@code
 * modules.softdep} and {@code modules.weakdep} (modprobe.d(5), depmod(8)).
 */
final class SoftDependencies {
  /**
   * Of one module.
   *
   * @param before what is to be loaded before it
   * @param later what is to be loaded after it, or what it asks for while it runs
   */
  record Wishes(List<String> before, List<String> later) {
    static final Wishes NONE = new Wishes(List.of(), List.of());

    Wishes {
      before = List.copyOf(before);
      later = List.copyOf(later);
    }

    List<String> all() {
      return joined(before, later);
    }

    private Wishes and(Wishes more) {
      return new Wishes(joined(before, more.before), joined(later, more.later));
    }

    private static List<String> joined(List<String> first, List<String> second) {
      List<String> both = new ArrayList<>(first);
      both.addAll(second);
      return both;
    }
  }

  private final Map<String, Wishes> wishes = new HashMap<>();

  /** Reads the lines of both tables; what is no line of them counts for nothing, as to modprobe. */
  static SoftDependencies of(List<String> softdep, List<String> weakdep) {
    SoftDependencies dependencies = new SoftDependencies();
    for (String line : softdep) {
      List<String> words = List.of(line.trim().split("\\s+"));
      if (words.size() > 2 && words.get(0).equals("softdep")) {
        dependencies.add(words.get(1), soft(words.subList(2, words.size())));
      }
    }
    for (String line : weakdep) {
      List<String> words = List.of(line.trim().split("\\s+"));
      if (words.size() > 2 && words.get(0).equals("weakdep")) {
        List<String> asked = words.subList(2, words.size());
        dependencies.add(words.get(1), new Wishes(List.of(), asked));
      }
    }
    return dependencies;
  }

  /**
   * Of a module.
   *
   * @param module its name, with underscores
   */
  Wishes of(String module) {
    return wishes.getOrDefault(module, Wishes.NONE);
  }

  private void add(String module, Wishes more) {
    wishes.merge(module.replace('-', '_'), more, Wishes::and);
  }

  /** Words that stand behind neither {@code pre:} nor {@code post:} are nobody's. */
  private static Wishes soft(List<String> words) {
    List<String> before = new ArrayList<>();
    List<String> later = new ArrayList<>();
    List<String> list = new ArrayList<>();
    for (String word : words) {
      switch (word) {
        case "pre:" -> list = before;
        case "post:" -> list = later;
        default -> list.add(word);
      }
    }
    return new Wishes(before, later);
  }
}
