package dev.kiln.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A moment in whole seconds, written as ISO 8601 has it, in UTC: {@code 2026-11-20T08:12:44Z}.
 *
 * @param instant without a fraction of a second
 */
public record UtcTime(Instant instant) implements Comparable<UtcTime> {
  public UtcTime {
    instant = instant.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with a sentence that says how it is written
   */
  @JsonCreator
  public static UtcTime parse(String text) {
    try {
      return new UtcTime(Instant.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time: it is written such as 2026-11-20T08:12:44Z", e);
    }
  }

  public boolean isBefore(UtcTime other) {
    return instant.isBefore(other.instant);
  }

  @Override
  public int compareTo(UtcTime other) {
    return instant.compareTo(other.instant);
  }

  @JsonValue
  @Override
  public String toString() {
    return instant.toString();
  }
}
