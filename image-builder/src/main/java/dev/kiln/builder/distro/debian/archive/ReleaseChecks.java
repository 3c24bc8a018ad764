package dev.kiln.builder.distro.debian.archive;

import dev.kiln.failure.KilnException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a Release file must say before anything it lists is used. */
final class ReleaseChecks {
  /** For clocks that differ a little. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private ReleaseChecks() {}

  /**
   * Refuses a Release file of another suite, of the future, or past its time.
   *
   * @param name what errors call the file
   */
  static void check(String name, Suite suite, Release release, Instant now) {
    checkName(name, suite, release);
    checkDates(name, release, now);
  }

  /** A validly signed file of another suite must not pass for this one. */
  private static void checkName(String name, Suite suite, Release release) {
    if (suite.isFlat()) {
      // It has no name, only a place: its keys alone say which one it is.
      return;
    }
    // Debian's security suites up to 10 are called 'buster/updates' and say 'buster'.
    String distribution = suite.name().replaceFirst("/.*", "");
    List<String> names = List.of(release.suite(), release.codename());
    if (names.stream().allMatch(String::isEmpty)) {
      throw KilnException.input(
          name + " says of no suite that it is signed for it",
          "Ask who makes the repository to write Suite or Codename: without them, another suite that"
              + " is signed by the same key could stand in for '"
              + suite.name()
              + "'");
    }
    if (!names.contains(suite.name()) && !names.contains(distribution)) {
      throw KilnException.input(
          name
              + " is signed for the suite '"
              + release.suite()
              + "', codename '"
              + release.codename()
              + "', not for '"
              + suite.name()
              + "'",
          "Use another mirror; this one serves the wrong suite");
    }
  }

  private static void checkDates(String name, Release release, Instant now) {
    try {
      if (release.made().isAfter(now.plus(CLOCK_SKEW))) {
        throw KilnException.input(
            name + " was made on " + release.date() + ", which is in the future",
            "Set this machine's clock, which says " + toSeconds(now));
      }
      if (release.expires().filter(now::isAfter).isPresent()) {
        throw KilnException.input(
            name + " must not be used after " + release.validUntil().orElse(""),
            "Use a mirror that is up to date, or set this machine's clock, which says "
                + toSeconds(now));
      }
    } catch (IllegalArgumentException e) {
      throw KilnException.input(name + ": " + e.getMessage(), Release.MEND);
    }
  }

  private static Instant toSeconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
