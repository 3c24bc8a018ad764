package dev.kiln.builder.distro.debian.resolve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small universes full of alternatives, virtual packages and versions; reproducible by seed. */
final class RandomUniverse {
  private static final List<String> PRIORITIES =
      List.of("required", "important", "standard", "optional", "optional", "extra");

  private static final Pattern HEAD = Pattern.compile("Package: p(\\d+)\nVersion: (\\d+)\n");

  private static final List<String> MULTI_ARCH = List.of("same", "foreign", "allowed", "no");

  /** Of Debian, of the image itself, of others, and of nobody. */
  private static final List<String> QUALIFIERS =
      List.of(":any", ":any", ":native", ":amd64", ":i386", ":x32", ":unheard-of");

  private final Random random;
  private final int size;
  private final boolean circles;
  private final boolean qualified;

  private RandomUniverse(long seed, boolean circles, boolean qualified) {
    this.random = new Random(seed);
    this.size = 8 + random.nextInt(25);
    this.circles = circles;
    this.qualified = qualified;
  }

  /** With circles of relations, and conflicts. */
  static RandomUniverse withConflicts(long seed) {
    return new RandomUniverse(seed, true, false);
  }

  /** Packages need only those of a higher number, and only the last third provides anything. */
  static RandomUniverse withoutCircles(long seed) {
    return new RandomUniverse(seed, false, false);
  }

  /** Without circles, but some names have the qualifier of an architecture. */
  static RandomUniverse withQualifiers(long seed) {
    return new RandomUniverse(seed, false, true);
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

  /** The same archive some time later: packages changed, are gone, and one is new: {@code new}. */
  List<String> later(List<String> paragraphs) {
    List<String> later = new ArrayList<>();
    List<String> greater = new ArrayList<>();
    for (String old : paragraphs) {
      int fate = random.nextInt(20);
      if (fate < 12) {
        later.add(old);
      } else if (fate < 19) {
        later.add(next(old));
        greater.add(later.get(later.size() - 1));
      }
    }
    later.add(wishForSomeOf(greater));
    Collections.shuffle(later, random);
    return later;
  }

  /** A package that goes together only with the greater versions of some packages. */
  private String wishForSomeOf(List<String> greater) {
    List<String> needs = new ArrayList<>();
    List<String> breaks = new ArrayList<>();
    for (String paragraph : greater) {
      Matcher head = HEAD.matcher(paragraph);
      if (random.nextInt(3) == 0 && head.lookingAt()) {
        String name = "p" + head.group(1);
        if (random.nextBoolean()) {
          needs.add(name + " (>= " + head.group(2) + ")");
        } else {
          breaks.add(name + " (<< " + head.group(2) + ")");
        }
      }
    }
    return "Package: new\nVersion: 1"
        + (needs.isEmpty() ? "" : "\nDepends: " + String.join(", ", needs))
        + (breaks.isEmpty() ? "" : "\nBreaks: " + String.join(", ", breaks));
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

  /** Mostly with the relations it had, in a greater version. */
  private String next(String old) {
    Matcher head = HEAD.matcher(old);
    if (!head.lookingAt()) {
      throw new AssertionError(old);
    }
    int number = Integer.parseInt(head.group(1));
    int version = Integer.parseInt(head.group(2)) + 1 + random.nextInt(2);
    return random.nextInt(3) == 0
        ? paragraph(number, version)
        : head.replaceFirst("Package: p" + number + "\nVersion: " + version + "\n");
  }

  private String paragraph(int number) {
    return paragraph(number, 1 + random.nextInt(3));
  }

  private String paragraph(int number, int version) {
    StringBuilder text = new StringBuilder("Package: p" + number + "\n");
    text.append("Version: ").append(version).append('\n');
    text.append("Priority: ").append(PRIORITIES.get(random.nextInt(6))).append('\n');
    text.append(random.nextInt(20) == 0 ? "Essential: yes\n" : "");
    text.append(qualified && random.nextInt(2) == 0 ? "Multi-Arch: " + one(MULTI_ARCH) + "\n" : "");
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
      String provided = random.nextBoolean() ? " (= " + (1 + random.nextInt(3)) + ")" : "";
      text.append("Provides: v").append(random.nextInt(4));
      // What apt makes of ':native' there depends on who named the package first.
      text.append(qualifier(3).replace(":native", ":amd64"));
      text.append(provided).append('\n');
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

  /** Behind one in so many names. */
  private String qualifier(int rarity) {
    return qualified && random.nextInt(rarity) == 0 ? one(QUALIFIERS) : "";
  }

  private String one(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private String relation(int owner) {
    int least = circles ? 0 : owner + 1;
    String name =
        random.nextInt(4) == 0
            ? "v" + random.nextInt(4)
            : "p" + (least + random.nextInt(size - least));
    String qualifier = qualifier(4);
    if (!qualifier.isEmpty() && name.startsWith("v")) {
      // apt gives a virtual package's own architecture a version that depends on who came first.
      return name + qualifier;
    }
    name += qualifier;
    return switch (random.nextInt(6)) {
      case 0 -> name + " (>= " + (1 + random.nextInt(3)) + ")";
      case 1 -> name + " (<< " + (2 + random.nextInt(3)) + ")";
      default -> name;
    };
  }
}
