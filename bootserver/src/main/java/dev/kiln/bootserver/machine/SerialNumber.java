package dev.kiln.bootserver.machine;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A computer's SMBIOS serial number: 1 to 64 printable characters of ASCII. */
public record SerialNumber(String text) {
  private static final Pattern FORM =
      Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,62}[\\x21-\\x7e])?");

  /** What makers leave in the field; in lower case. */
  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "to be filled by o.e.m.",
          "default string",
          "system serial number",
          "not specified",
          "not applicable",
          "none",
          "unknown",
          "n/a",
          "0",
          "00000000",
          "0123456789",
          "123456789",
          "1234567890",
          "xxxxxxxxxx");

  public SerialNumber {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("a serial number has 1 to 64 printable characters");
    }
    if (PLACEHOLDERS.contains(text.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("the serial number '" + text + "' belongs to no machine");
    }
  }

  /** What a machine says of itself; empty where its maker never wrote a serial number. */
  public static Optional<SerialNumber> claimed(String text) {
    String stripped = text.strip();
    return FORM.matcher(stripped).matches()
            && !PLACEHOLDERS.contains(stripped.toLowerCase(Locale.ROOT))
        ? Optional.of(new SerialNumber(stripped))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
