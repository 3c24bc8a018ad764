package dev.kiln.builder.gomod;

import dev.kiln.file.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Knows the licences that nearly all Go modules have by words of their texts. What is not surely
 * one of them is not named: nobody is told of rights that may not be there.
 */
final class KnownLicenses {
  /** Where modules keep theirs, in this order (https://pkg.go.dev/license-policy). */
  static final List<String> FILES =
      List.of(
          "LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "License", "COPYING", "COPYING.txt");

  /** What is not said by a text is left out: how it is quoted, marked and broken into lines. */
  private static final Pattern QUOTES = Pattern.compile("[\"'`\u201c\u201d\u2018\u2019*#]+");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private static final Map<String, List<String>> WORDS = read();

  private KnownLicenses() {}

  private static Map<String, List<String>> read() {
    Map<String, List<String>> words = new TreeMap<>();
    for (String line : Resource.text(KnownLicenses.class, "licenses.tsv").lines().toList()) {
      String[] columns = line.split("\t", 2);
      if (columns.length == 2) {
        words.computeIfAbsent(columns[0], any -> new ArrayList<>()).add(columns[1]);
      }
    }
    return words;
  }

  /**
   * The SPDX identifier of a text's licence.
   *
   * @return empty where it is none of these, or more than one
   */
  static String of(String text) {
    String plain =
        BLANKS
            .matcher(QUOTES.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" "))
            .replaceAll(" ")
            .replace(" ,", ",");
    List<String> found =
        WORDS.entrySet().stream()
            .filter(each -> each.getValue().stream().allMatch(plain::contains))
            .map(Map.Entry::getKey)
            .toList();
    // One that says all that the others say, and more: three clauses are two, and another.
    return found.stream()
        .filter(one -> found.stream().allMatch(other -> includes(one, other)))
        .findFirst()
        .orElse("");
  }

  private static boolean includes(String one, String other) {
    return WORDS.getOrDefault(one, List.of()).containsAll(WORDS.getOrDefault(other, List.of()));
  }
}
