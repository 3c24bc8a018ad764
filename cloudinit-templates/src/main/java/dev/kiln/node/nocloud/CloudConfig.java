package dev.kiln.node.nocloud;

import dev.kiln.document.Decoder;
import dev.kiln.document.Node;
import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Node.Scalar;
import dev.kiln.document.Node.Sequence;
import dev.kiln.document.Problems;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cloud-config that a user adds, as data of a kind that YAML 1.1 (cloud-init's) and YAML 1.2 (ours)
 * read alike.
 *
 * @param values by cloud-config's own keys; numbers are {@link BigInteger} or {@link BigDecimal}
 */
public record CloudConfig(Map<String, @Nullable Object> values) {
  public static final CloudConfig EMPTY = new CloudConfig(Map.of());

  /** PyYAML refuses flow keys of more than 1024 characters; nothing has one of 200. */
  private static final int MAX_KEY = 200;

  private static final Pattern BOOLEAN = Pattern.compile("(?i:true|false)");
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,14})\\.[0-9]{1,6}");

  /** What PyYAML refuses, folds or strips inside a quoted text. */
  private static final Pattern UNREADABLE =
      Pattern.compile(
          "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff\\p{Cs}]");

  public CloudConfig {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Reads a mapping, and refuses in it what Kiln sets by itself and what looks like a secret: who
   * asks for a machine's user-data gets it.
   */
  public static Decoder<CloudConfig> decoder() {
    return (node, problems) -> {
      if (!(node instanceof Mapping mapping)) {
        problems.add(
            node.position(),
            "cloud-config must be a mapping, not " + node.kind(),
            "Write 'key: value' lines");
        return Optional.empty();
      }
      int before = problems.count();
      ReservedKeys.refuse(mapping, problems);
      Secrets.refuse(mapping, problems);
      Map<String, @Nullable Object> values = mapping(mapping, problems);
      return problems.count() == before ? Optional.of(new CloudConfig(values)) : Optional.empty();
    };
  }

  private static @Nullable Object value(Node node, Problems problems) {
    if (node instanceof Mapping mapping) {
      return mapping(mapping, problems);
    }
    if (node instanceof Sequence sequence) {
      List<@Nullable Object> items = new ArrayList<>();
      sequence.items().forEach(item -> items.add(value(item, problems)));
      return Collections.unmodifiableList(items);
    }
    return scalar((Scalar) node, problems);
  }

  private static Map<String, @Nullable Object> mapping(Mapping mapping, Problems problems) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (key.length() > MAX_KEY || UNREADABLE.matcher(key).find()) {
                problems.add(
                    entry.position(),
                    "cloud-init cannot read this key",
                    "Write at most " + MAX_KEY + " characters, none of them a control character");
              }
              values.put(key, value(entry.value(), problems));
            });
    return Collections.unmodifiableMap(values);
  }

  private static @Nullable Object scalar(Scalar scalar, Problems problems) {
    return switch (scalar.type()) {
      case TEXT -> text(scalar, problems);
      case BOOLEAN ->
          BOOLEAN.matcher(scalar.text()).matches()
              ? Boolean.valueOf(scalar.text())
              : ambiguous(scalar, problems);
      case NULL -> null;
      case INTEGER ->
          INTEGER.matcher(scalar.text()).matches()
              ? new BigInteger(scalar.text())
              : ambiguous(scalar, problems);
      case DECIMAL ->
          DECIMAL.matcher(scalar.text()).matches()
              ? new BigDecimal(scalar.text())
              : ambiguous(scalar, problems);
    };
  }

  private static String text(Scalar scalar, Problems problems) {
    if (UNREADABLE.matcher(scalar.text()).find()) {
      problems.add(
          scalar.position(),
          "cloud-init cannot read the control characters in this text",
          "Leave them out, or use write_files with 'encoding: b64'");
    }
    return scalar.text();
  }

  private static String ambiguous(Scalar scalar, Problems problems) {
    problems.add(
        scalar.position(),
        "YAML versions do not agree on what " + scalar.text() + " is",
        "Put it in quotes, or write a plain decimal number, or true or false");
    return scalar.text();
  }
}
