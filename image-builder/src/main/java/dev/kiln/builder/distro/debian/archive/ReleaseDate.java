package dev.kiln.builder.distro.debian.archive;

import dev.kiln.failure.Shown;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** The dates of Release files: RFC 5322, section 3.3, always in UTC. */
public final class ReleaseDate {
  private ReleaseDate() {}

  /**
   * Reads one.
   *
   * @param date such as {@code Sat, 11 Jul 2026 10:16:37 UTC}
   * @throws IllegalArgumentException with a sentence
   */
  public static Instant parse(String date) {
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(
          date.replaceFirst(" (?:UTC|Z)$", " GMT"), Instant::from);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + Shown.of(date) + "' is no date", e);
    }
  }
}
