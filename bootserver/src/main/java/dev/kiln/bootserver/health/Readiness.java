package dev.kiln.bootserver.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The parts without which no machine boots; each says at once whether it works. */
public final class Readiness {
  private final Map<String, BooleanSupplier> parts;
  private final Supplier<Collection<String>> brokenFiles;

  /**
   * Takes the parts.
   *
   * @param parts by the name a person reads, such as {@code state}
   * @param brokenFiles the files of machines and groups that are not in force: without them others
   *     boot
   */
  public Readiness(Map<String, BooleanSupplier> parts, Supplier<Collection<String>> brokenFiles) {
    this.parts = new TreeMap<>(parts);
    this.brokenFiles = brokenFiles;
  }

  /** The names of files that are wrong, while all others are in force. */
  public Collection<String> brokenFiles() {
    return brokenFiles.get();
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
