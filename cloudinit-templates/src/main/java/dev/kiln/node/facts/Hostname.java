package dev.kiln.node.facts;

import dev.kiln.failure.Shown;
import java.util.regex.Pattern;

/** One label of a host's name: RFC 1123 section 2.1 in lower case, 1 to 63 characters. */
public record Hostname(String label) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  public Hostname {
    if (!LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException(
          "a host name is 1 to 63 lower-case letters, digits and hyphens, not '"
              + Shown.of(label)
              + "'");
    }
  }

  @Override
  public String toString() {
    return label;
  }
}
