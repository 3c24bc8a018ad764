package dev.kiln.builder.distro.debian.resolve;

import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An index as other programs than Debian's may write it: what it says stays the same to apt. */
final class OddIndex {
  private static final Pattern FIELD = Pattern.compile("(?m)^([A-Za-z0-9-]+): (.*)$");

  private final Random random;

  OddIndex(Random random) {
    this.random = random;
  }

  String of(String index) {
    Matcher field = FIELD.matcher(index);
    StringBuilder odd = new StringBuilder();
    while (field.find()) {
      field.appendReplacement(odd, Matcher.quoteReplacement(line(field.group(1), field.group(2))));
    }
    field.appendTail(odd);
    String text = odd.toString();
    return random.nextInt(4) == 0 ? text.replace("\n", "\r\n") : text;
  }

  private String line(String name, String value) {
    return switch (random.nextInt(12)) {
      case 0 -> name.toLowerCase(Locale.ROOT) + ": " + value;
      case 1 -> name.toUpperCase(Locale.ROOT) + ":" + value;
      case 2 -> name + " : \t" + value + " ";
      case 3 -> name + ":\n " + value;
      case 4 -> name + ": " + value.replace(", ", ",\n ");
      case 5 -> name + ": " + value.replace(" | ", "\n\t| ").replace(" (", "(");
      case 6 -> name + ": other\n" + name + ": " + value;
      case 7 -> "X-" + name + ": x\n y\n" + name + ":  " + value;
      case 8 -> "Homepage:\n" + name + ": " + value;
      case 9 -> name + ": " + (isRelation(name) ? value + " ," : value);
      default -> name + ": " + value;
    };
  }

  private static boolean isRelation(String name) {
    return name.equals("Depends") || name.equals("Recommends") || name.equals("Pre-Depends");
  }
}
