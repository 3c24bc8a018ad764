package dev.kiln.node.boot;

import dev.kiln.failure.Shown;
import dev.kiln.node.template.IpxeOutputFormat;
import java.util.List;

/**
 * The arguments of a kernel, each of them one word of printable ASCII that any boot loader passes
 * on unchanged; together at most {@value #MAX_LENGTH} characters (COMMAND_LINE_SIZE of x86 and
 * arm64 is 2048, with the byte that ends it).
 */
public record KernelCommandLine(List<String> arguments) {
  /** Characters of the whole line. */
  public static final int MAX_LENGTH = 2047;

  public KernelCommandLine {
    arguments = List.copyOf(arguments);
    arguments.forEach(KernelCommandLine::argument);
    int length = String.join(" ", arguments).length();
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a kernel's command line has at most " + MAX_LENGTH + " characters, not " + length);
    }
  }

  /** Takes one argument as it is, or says why it cannot stand on a command line. */
  public static String argument(String text) {
    if (!IpxeOutputFormat.isWord(text)) {
      throw new IllegalArgumentException(
          "a kernel argument is one word of printable ASCII without blanks, ${, a leading # or a"
              + " lone ; && ||, not '"
              + Shown.of(text)
              + "'");
    }
    return text;
  }

  @Override
  public String toString() {
    return String.join(" ", arguments);
  }
}
