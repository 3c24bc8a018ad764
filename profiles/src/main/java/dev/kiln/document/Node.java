package dev.kiln.document;

import dev.kiln.failure.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML value that remembers where it stands. */
public sealed interface Node {
  Position position();

  /** What a reader of error messages calls this kind of value. */
  String kind();

  /** The scalar types of the YAML 1.2 core schema. */
  enum ScalarType {
    TEXT("a text"),
    INTEGER("a whole number"),
    DECIMAL("a decimal number"),
    BOOLEAN("true or false"),
    NULL("nothing");

    private final String words;

    ScalarType(String words) {
      this.words = words;
    }
  }

  /**
   * One value.
   *
   * @param text the value as it was written, without its quotes
   */
  record Scalar(Position position, ScalarType type, String text) implements Node {
    @Override
    public String kind() {
      return type.words;
    }
  }

  /** A list. */
  record Sequence(Position position, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * Keys and values, in the order they were written.
   *
   * @param entries by key; no key stands twice
   */
  record Mapping(Position position, Map<String, Entry> entries) implements Node {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** One line of a mapping; the position is the key's. */
  record Entry(Position position, Node value) {}
}
