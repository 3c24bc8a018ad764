package dev.kiln.bootserver.boot;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a boot program, as firmware asks for it: a plain file name, short enough for a DHCP
 * packet.
 */
public record LoaderName(String text) {
  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}");

  public LoaderName {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("a loader is a plain file name, not '" + text + "'");
    }
  }

  /** What a machine asked for; empty where no loader can have such a name. */
  public static Optional<LoaderName> asked(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new LoaderName(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
