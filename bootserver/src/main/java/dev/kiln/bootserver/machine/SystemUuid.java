package dev.kiln.bootserver.machine;

import dev.kiln.failure.Shown;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A computer's SMBIOS UUID (DMTF DSP0134, section 7.2.1), in lower case. Firmware and loaders do
 * not agree on the byte order of its first three fields, so two are compared in both.
 */
public record SystemUuid(String text) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  public SystemUuid {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a UUID is written 4c4c4544-0051-3610-8052-b4c04f4a3332, not '"
              + Shown.of(text, 40)
              + "'");
    }
    if (isPlaceholder(text)) {
      throw new IllegalArgumentException("the UUID " + text + " belongs to no machine");
    }
  }

  /** Takes it in either case of letters. */
  public static SystemUuid parse(String text) {
    return new SystemUuid(text.toLowerCase(Locale.ROOT));
  }

  /** What a machine says of itself; empty where that is no UUID, or one that many machines have. */
  public static Optional<SystemUuid> claimed(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return FORM.matcher(lower).matches() && !isPlaceholder(lower)
        ? Optional.of(new SystemUuid(lower))
        : Optional.empty();
  }

  /** Whether both can be the same computer's. */
  public boolean matches(SystemUuid other) {
    return text.equals(other.text) || text.equals(other.swapped());
  }

  /** The one of the two byte orders that sorts first: equal for all that match. */
  String canonical() {
    String swapped = swapped();
    return text.compareTo(swapped) <= 0 ? text : swapped;
  }

  private String swapped() {
    return swapped(text);
  }

  private static String swapped(String text) {
    UUID uuid = UUID.fromString(text);
    long high = uuid.getMostSignificantBits();
    long first = Integer.toUnsignedLong(Integer.reverseBytes((int) (high >>> 32)));
    long second = Short.toUnsignedLong(Short.reverseBytes((short) (high >>> 16)));
    long third = Short.toUnsignedLong(Short.reverseBytes((short) high));
    return new UUID(first << 32 | second << 16 | third, uuid.getLeastSignificantBits()).toString();
  }

  private static boolean isPlaceholder(String text) {
    return Placeholders.isUuid(text, swapped(text));
  }

  @Override
  public String toString() {
    return text;
  }
}
