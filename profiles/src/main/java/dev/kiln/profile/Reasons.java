package dev.kiln.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Mappings from a name to the reason why it is in the profile, in the order they were written. */
final class Reasons {
  private Reasons() {}

  static Map<String, String> checked(Map<String, String> reasons, Consumer<String> check) {
    reasons.forEach(
        (key, reason) -> {
          check.accept(key);
          Words.sentence(reason);
        });
    return ordered(reasons);
  }

  /** An unmodifiable copy that keeps the order, which {@link Map#copyOf} does not. */
  static <K, V> Map<K, V> ordered(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
