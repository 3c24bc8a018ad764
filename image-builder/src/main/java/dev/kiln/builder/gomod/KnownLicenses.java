package dev.kiln.builder.gomod;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.kiln.file.Resource;
import java.util.List;
import java.util.Locale;
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

  private static final List<Known> ALL = read();

  private KnownLicenses() {}

  /** A licence, and what each text of it says. */
  private record Known(String identifier, List<String> words) {
    Known {
      words = List.copyOf(words);
    }
  }

  private static List<Known> read() {
    return Resource.text(KnownLicenses.class, "licenses.tsv")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", 2))
        .collect(groupingBy(columns -> columns[0], mapping(columns -> columns[1], toList())))
        .entrySet()
        .stream()
        .map(each -> new Known(each.getKey(), each.getValue()))
        .toList();
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
    List<Known> found =
        ALL.stream().filter(each -> each.words().stream().allMatch(plain::contains)).toList();
    // One that says all that the others say, and more: three clauses are two, and another.
    return found.stream()
        .filter(one -> found.stream().allMatch(other -> one.words().containsAll(other.words())))
        .map(Known::identifier)
        .findFirst()
        .orElse("");
  }
}
