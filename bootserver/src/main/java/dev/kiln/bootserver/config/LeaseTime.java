package dev.kiln.bootserver.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as a person writes it: {@code 90s}, {@code 30m}, {@code 12h}, {@code 7d}. */
final class LeaseTime {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})([smhd])");

  private LeaseTime() {}

  /** Takes one minute to one year, which is what DHCP clients and operators get along with. */
  static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a length of time is written 90s, 30m, 12h or 7d, not '" + text + "'");
    }
    long number = Long.parseLong(matcher.group(1));
    Duration time =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    if (time.compareTo(Duration.ofMinutes(1)) < 0 || time.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException("a lease lasts from 1m to 365d, not " + text);
    }
    return time;
  }
}
