package dev.kiln.bootserver.lease;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long an address is given: one minute to one year, what clients and operators get along with.
 */
public record LeaseTime(Duration duration) {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})([smhd])");

  public LeaseTime {
    if (duration.compareTo(Duration.ofMinutes(1)) < 0
        || duration.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException(
          "a lease lasts from 1m to 365d, not " + duration.toSeconds() + "s");
    }
  }

  /** Takes it as a person writes it: {@code 90s}, {@code 30m}, {@code 12h}, {@code 7d}. */
  public static LeaseTime parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a length of time is written 90s, 30m, 12h or 7d, not '" + text + "'");
    }
    long number = Long.parseLong(matcher.group(1));
    return new LeaseTime(
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  public long seconds() {
    return duration.toSeconds();
  }
}
