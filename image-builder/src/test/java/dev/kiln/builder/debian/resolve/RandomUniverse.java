package dev.kiln.builder.debian.resolve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Small universes full of alternatives, virtual packages and versions; reproducible by seed. */
final class RandomUniverse {
  private static final List<String> PRIORITIES =
      List.of("required", "important", "standard", "optional", "optional", "extra");

  private final Random random;
  private final int size;
  private final boolean circles;

  private RandomUniverse(long seed, boolean circles) {
    this.random = new Random(seed);
    this.size = 8 + random.nextInt(25);
    this.circles = circles;
  }

  /** With circles of relations, and conflicts. */
  static RandomUniverse withConflicts(long seed) {
    return new RandomUniverse(seed, true);
  }

  /** Packages need only those of a higher number, and only the last third provides anything. */
  static RandomUniverse withoutCircles(long seed) {
    return new RandomUniverse(seed, false);
  }

  /** A paragraph of each package, without the fields that every package has. */
  List<String> paragraphs() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    return order.stream().map(this::paragraph).toList();
  }

  /** One to three names of packages. */
  List<String> wanted() {
    List<String> names = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      names.add("p" + random.nextInt(size));
    }
    return names.stream().distinct().toList();
  }

  private String paragraph(int number) {
    StringBuilder text = new StringBuilder("Package: p" + number + "\n");
    text.append("Version: ").append(1 + random.nextInt(3)).append('\n');
    text.append("Priority: ").append(PRIORITIES.get(random.nextInt(6))).append('\n');
    text.append(random.nextInt(20) == 0 ? "Essential: yes\n" : "");
    boolean leaf = !circles && number >= size * 2 / 3;
    if (!leaf) {
      text.append(field("Pre-Depends", 6, 1, 2, number));
      text.append(field("Depends", 1, 3, 3, number));
      text.append(field("Recommends", 3, 2, 2, number));
      text.append(field("Suggests", 6, 2, 2, number));
    }
    if (circles) {
      text.append(field("Conflicts", 4, 2, 1, number)).append(field("Breaks", 4, 1, 1, number));
    }
    if (leaf || (circles && random.nextInt(3) == 0)) {
      String version = random.nextBoolean() ? " (= " + (1 + random.nextInt(3)) + ")" : "";
      text.append("Provides: v").append(random.nextInt(4)).append(version).append('\n');
    }
    return text.toString().strip();
  }

  /** A field in one of {@code rarity} packages. */
  private String field(String name, int rarity, int mostGroups, int mostAlternatives, int owner) {
    int groups = random.nextInt(mostGroups + 1);
    if (random.nextInt(rarity) != 0 || groups == 0) {
      return "";
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      List<String> alternatives = new ArrayList<>();
      int count = 1 + random.nextInt(mostAlternatives);
      for (int j = 0; j < count; j++) {
        alternatives.add(relation(owner));
      }
      texts.add(String.join(" | ", alternatives));
    }
    return name + ": " + String.join(", ", texts) + "\n";
  }

  private String relation(int owner) {
    int least = circles ? 0 : owner + 1;
    String name =
        random.nextInt(4) == 0
            ? "v" + random.nextInt(4)
            : "p" + (least + random.nextInt(size - least));
    return switch (random.nextInt(6)) {
      case 0 -> name + " (>= " + (1 + random.nextInt(3)) + ")";
      case 1 -> name + " (<< " + (2 + random.nextInt(3)) + ")";
      default -> name;
    };
  }
}
