package dev.kiln.document;

import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Node.Scalar;
import dev.kiln.document.Node.ScalarType;
import dev.kiln.document.Node.Sequence;
import dev.kiln.failure.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The decoders from which a document's own are put together. */
public final class Decoders {
  private Decoders() {}

  /** A text, never a number or a boolean that only looks like one. */
  public static Decoder<String> text() {
    return text(Function.identity());
  }

  /**
   * A text that a value type accepts.
   *
   * @param parse throws {@link IllegalArgumentException} with a sentence that says what is wrong
   */
  public static <T> Decoder<T> text(Function<String, T> parse) {
    return (node, problems) -> {
      if (!(node instanceof Scalar scalar) || scalar.type() == ScalarType.NULL) {
        problems.add(node.position(), "a text must stand here, not " + node.kind(), "Write a text");
        return Optional.empty();
      }
      if (scalar.type() != ScalarType.TEXT) {
        problems.add(
            node.position(),
            "a text must stand here; YAML reads "
                + Shown.of(scalar.text())
                + " as "
                + scalar.kind(),
            "Put it in quotes: \"" + Shown.of(scalar.text()) + "\"");
        return Optional.empty();
      }
      return parsed(node, problems, () -> parse.apply(scalar.text()));
    };
  }

  public static Decoder<Boolean> flag() {
    return (node, problems) -> {
      if (node instanceof Scalar scalar && scalar.type() == ScalarType.BOOLEAN) {
        String word = scalar.text().toLowerCase(Locale.ROOT);
        // YAML 1.1 takes yes, no, on and off too; 1.2 calls them texts.
        if (word.equals("true") || word.equals("false")) {
          return Optional.of(Boolean.valueOf(word));
        }
      }
      problems.add(
          node.position(),
          "true or false must stand here, not "
              + (node instanceof Scalar scalar ? "'" + Shown.of(scalar.text()) + "'" : node.kind()),
          "Write true or false");
      return Optional.empty();
    };
  }

  /** A whole number, both bounds included. */
  public static Decoder<Integer> integer(int least, int most) {
    return (node, problems) -> {
      if (node instanceof Scalar scalar && scalar.type() == ScalarType.INTEGER) {
        try {
          int value = Integer.parseInt(scalar.text());
          if (value >= least && value <= most) {
            return Optional.of(value);
          }
        } catch (NumberFormatException e) {
          // Too large for an int, or not decimal: out of range all the same.
        }
      }
      problems.add(
          node.position(),
          "a whole number must stand here",
          "Write a number from " + least + " to " + most);
      return Optional.empty();
    };
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  public static <E extends Enum<E>> Decoder<E> oneOf(Class<E> type) {
    Map<String, E> byName = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      byName.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return text(
        word -> {
          E constant = byName.get(word);
          if (constant == null) {
            throw new IllegalArgumentException(
                "'" + Shown.of(word) + "' is not one of " + String.join(", ", byName.keySet()));
          }
          return constant;
        });
  }

  public static <T> Decoder<List<T>> list(Decoder<T> item) {
    return (node, problems) -> {
      if (!(node instanceof Sequence sequence)) {
        problems.add(
            node.position(), "a list must stand here, not " + node.kind(), "Write a list: [a, b]");
        return Optional.empty();
      }
      List<T> values = new ArrayList<>();
      int before = problems.count();
      sequence.items().forEach(each -> item.decode(each, problems).ifPresent(values::add));
      return problems.count() == before ? Optional.of(List.copyOf(values)) : Optional.empty();
    };
  }

  /** A mapping whose keys are names of the user's choice; its order is kept. */
  public static <K, V> Decoder<Map<K, V>> map(Function<String, K> key, Decoder<V> value) {
    return namedMap(key, name -> value);
  }

  /** As {@link #map}, where a value knows the key it stands under. */
  public static <K, V> Decoder<Map<K, V>> namedMap(
      Function<String, K> key, Function<String, Decoder<V>> value) {
    return (node, problems) -> {
      if (!(node instanceof Mapping mapping)) {
        problems.add(
            node.position(),
            "a mapping must stand here, not " + node.kind(),
            "Write 'key: value' lines");
        return Optional.empty();
      }
      Map<K, V> values = new LinkedHashMap<>();
      int before = problems.count();
      mapping
          .entries()
          .forEach(
              (name, entry) -> {
                Optional<K> k =
                    parsed(
                        new Scalar(entry.position(), ScalarType.TEXT, name),
                        problems,
                        () -> key.apply(name));
                Optional<V> v = value.apply(name).decode(entry.value(), problems);
                if (k.isPresent() && v.isPresent()) {
                  values.put(k.get(), v.get());
                }
              });
      return problems.count() == before
          ? Optional.of(Collections.unmodifiableMap(values))
          : Optional.empty();
    };
  }

  static <T> Optional<T> parsed(Node node, Problems problems, Supplier<T> parse) {
    try {
      return Optional.of(parse.get());
    } catch (IllegalArgumentException e) {
      String message = e.getMessage() == null ? "this value is refused" : e.getMessage();
      problems.add(node.position(), message, "");
      return Optional.empty();
    }
  }

  static String listed(Iterable<String> words) {
    List<String> all = new ArrayList<>();
    words.forEach(all::add);
    return all.stream().sorted().collect(Collectors.joining(", "));
  }

  /** The known word that a misspelt one most likely meant: at most two edits away. */
  static Optional<String> nearest(String word, Iterable<String> known) {
    String best = null;
    int bestDistance = 3;
    for (String candidate : known) {
      int distance = editDistance(word, candidate);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Levenshtein's distance. */
  private static int editDistance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
