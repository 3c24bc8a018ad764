package dev.kiln.builder.progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whether a person watches standard error. {@link System#console()} is no answer: it looks at
 * standard output, and from Java 22 on it is never null.
 */
final class Terminal {
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  static boolean watched(Map<String, String> environment) {
    return !environment.getOrDefault("TERM", "dumb").equals("dumb") && isTerminal(STANDARD_ERROR);
  }

  private static boolean isTerminal(Path descriptor) {
    try {
      Path device = Files.readSymbolicLink(descriptor);
      return device.startsWith("/dev/pts")
          || device.startsWith("/dev/console")
          || device.toString().startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
