package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.regex.Pattern;

/**
 * A kernel setting.
 *
 * @param value as it is written to /proc/sys
 * @param why the reason
 */
public record Sysctl(String value, String why) {
  private static final Pattern KEY = Pattern.compile("[a-z0-9_]+(?:[./][A-Za-z0-9_*-]+){1,8}");
  private static final Pattern VALUE =
      Pattern.compile("[A-Za-z0-9_.,:/-]+(?: [A-Za-z0-9_.,:/-]+)*");

  public Sysctl {
    value(value);
    Words.sentence(why);
  }

  static String value(String text) {
    if (!VALUE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text) + "' is not a sysctl's value: write numbers or words");
    }
    return text;
  }

  static String key(String text) {
    if (!KEY.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text) + "' is not a sysctl: write such as net.ipv4.ip_forward");
    }
    return text;
  }
}
