package dev.kiln.bootserver.event;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The values of an event, in the order of {@link Field}: at most {@value #MOST}, of at most {@value
 * #LONGEST} characters each. Longer ones are cut, control characters become spaces, so that no
 * machine can write to an operator's terminal; one that is then empty says nothing and is left out.
 */
public record Values(Map<Field, String> byField) {
  /** The most values that an event has. */
  public static final int MOST = 8;

  /** The longest value, in characters. */
  public static final int LONGEST = 500;

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  /** No values. */
  public static final Values NONE = new Values(Map.of());

  /** Of the line in which those are counted that differ from all that are kept. */
  public static final Values MORE = of(Field.MORE, "differ");

  public Values {
    Map<Field, String> bounded = new EnumMap<>(Field.class);
    byField.forEach(
        (field, value) -> {
          String kept = bounded(value);
          if (!kept.isEmpty()) {
            bounded.put(field, kept);
          }
        });
    if (bounded.size() > MOST) {
      throw new IllegalArgumentException(
          "an event has at most " + MOST + " values, not " + bounded.size());
    }
    byField = Collections.unmodifiableMap(bounded);
  }

  /** One value. */
  public static Values of(Field field, Object value) {
    return new Values(Map.of(field, value.toString()));
  }

  /** These, and one more. */
  public Values and(Field field, Object value) {
    Map<Field, String> more = new EnumMap<>(Field.class);
    more.putAll(byField);
    more.put(field, value.toString());
    return new Values(more);
  }

  /** These, and one more where there is one. */
  public Values and(Field field, Optional<?> value) {
    return value.map(it -> and(field, (Object) it)).orElse(this);
  }

  /** A value, where there is one. */
  public Optional<String> find(Field field) {
    return Optional.ofNullable(byField.get(field));
  }

  /** A value; empty where there is none. */
  String get(Field field) {
    return byField.getOrDefault(field, "");
  }

  private static String bounded(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    return CONTROL.matcher(cut).replaceAll(" ").strip();
  }
}
