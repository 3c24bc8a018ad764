package dev.kiln.bootserver.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** The parts without which no machine boots; each says at once whether it works. */
public final class Readiness {
  private final Map<String, BooleanSupplier> parts;

  /**
   * Takes the parts.
   *
   * @param parts by the name a person reads, such as {@code state}
   */
  public Readiness(Map<String, BooleanSupplier> parts) {
    this.parts = new TreeMap<>(parts);
  }

  /** The names of the parts that do not work; empty where the server is ready. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    parts.forEach(
        (name, works) -> {
          if (!works.getAsBoolean()) {
            missing.add(name);
          }
        });
    return missing;
  }
}
