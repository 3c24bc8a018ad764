package dev.kiln.builder.bake;

import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedRepository;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

/** The Date field of a Release file: {@code Sat, 11 Jul 2026 10:16:37 UTC}. */
final class ReleaseDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss zzz", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ReleaseDate() {}

  /** The youngest of the locked indexes. */
  static Instant newestOf(List<LockedRepository> repositories) {
    return repositories.stream()
        .map(repository -> parse(repository.date()))
        .max(Instant::compareTo)
        .orElseThrow(
            () ->
                KilnException.input("the lock names no repository", "Make it again: builder lock"));
  }

  private static Instant parse(String date) {
    try {
      return FORMAT.parse(date, Instant::from);
    } catch (DateTimeParseException e) {
      throw new KilnException(
          KilnException.Kind.INPUT,
          "the lock has the date '" + date + "', which is no date of a repository",
          "Make it again: builder lock",
          e);
    }
  }
}
