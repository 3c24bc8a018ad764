package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Where a tree may be made. Its bytes are the same wherever that is. */
public enum WorkspacePlace {
  /** In memory where it fits, else on disk; on disk also where it turns out not to fit. */
  AUTO("in memory where it fits, else on disk"),
  /** In memory or not at all: nothing of it ever is on a disk. */
  MEMORY("in memory"),
  /** On disk, however much memory there is. */
  DISK("on disk");

  private final String sentence;

  WorkspacePlace(String sentence) {
    this.sentence = sentence;
  }

  /**
   * What the variable {@code KILN_WORKSPACE} says.
   *
   * @throws KilnException of kind INPUT where that is none of them
   */
  public static WorkspacePlace of(Map<String, String> environment) {
    String value = environment.getOrDefault("KILN_WORKSPACE", "").strip();
    if (value.isEmpty()) {
      return AUTO;
    }
    return Stream.of(values())
        .filter(place -> place.toString().equals(value.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                KilnException.input(
                    "KILN_WORKSPACE is '" + Shown.of(value, 100) + "', which is no workspace",
                    "Write auto, memory or disk, or unset it"));
  }

  /** Where, in words. */
  public String sentence() {
    return sentence;
  }

  /** As options and variables name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
