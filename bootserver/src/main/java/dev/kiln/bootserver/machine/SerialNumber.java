package dev.kiln.bootserver.machine;

import java.util.Optional;
import java.util.regex.Pattern;

/** A computer's SMBIOS serial number: 1 to 64 printable characters of ASCII. */
public record SerialNumber(String text) {
  private static final Pattern FORM =
      Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,62}[\\x21-\\x7e])?");

  public SerialNumber {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("a serial number has 1 to 64 printable characters");
    }
    if (Placeholders.isSerial(text)) {
      throw new IllegalArgumentException("the serial number '" + text + "' belongs to no machine");
    }
  }

  /** What a machine says of itself; empty where its maker never wrote a serial number. */
  public static Optional<SerialNumber> claimed(String text) {
    String stripped = text.strip();
    return FORM.matcher(stripped).matches() && !Placeholders.isSerial(stripped)
        ? Optional.of(new SerialNumber(stripped))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
