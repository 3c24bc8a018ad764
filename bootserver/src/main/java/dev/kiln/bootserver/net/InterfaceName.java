package dev.kiln.bootserver.net;

import dev.kiln.failure.Shown;
import java.util.regex.Pattern;

/** The name of a network interface, as {@code ip link} shows it: 1 to 15 characters. */
public record InterfaceName(String text) {
  // Linux: IFNAMSIZ is 16 with the NUL; no slash, no white space.
  private static final Pattern FORM = Pattern.compile("[^\\s/\\x00]{1,15}");

  public InterfaceName {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a network interface has a name of 1 to 15 characters as 'ip link' shows it, not '"
              + Shown.of(text, 40)
              + "'");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
