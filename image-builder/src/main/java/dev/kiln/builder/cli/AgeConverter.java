package dev.kiln.builder.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an age: {@code 30d}, {@code 12h}. */
final class AgeConverter implements ITypeConverter<Duration> {
  private static final Pattern AGE = Pattern.compile("([1-9][0-9]{0,4})([dh])");

  @Override
  public Duration convert(String value) {
    Matcher age = AGE.matcher(value);
    if (!age.matches()) {
      throw new TypeConversionException(
          "'" + value + "' is no age; write days as 30d, or hours as 12h");
    }
    int number = Integer.parseInt(age.group(1));
    return age.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number);
  }
}
