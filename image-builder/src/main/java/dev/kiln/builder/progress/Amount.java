package dev.kiln.builder.progress;

import java.util.Locale;

/** Bytes as a person reads them, in powers of ten as downloads are: {@code 12.3 MB}. */
public final class Amount {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private Amount() {}

  /**
   * How much of something is there.
   *
   * @param total zero where nobody knows it yet
   */
  static String of(long bytes, long total) {
    return total <= 0 ? of(bytes) : of(bytes) + " of " + of(total);
  }

  public static String of(long bytes) {
    double value = bytes;
    int unit = 0;
    while (Math.abs(value) >= 1000 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
