package dev.kiln.builder.cache;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a user's own files lie: XDG Base Directory Specification 0.8.
 *
 * @param environment of the program
 */
public record UserDirectories(Map<String, String> environment) {
  /** What was fetched and made before; {@code KILN_CACHE} says otherwise. */
  public Path cache() {
    return variable("KILN_CACHE")
        .map(Path::of)
        .orElseGet(() -> directory("XDG_CACHE_HOME", ".cache"));
  }

  /** What the user wrote. */
  public Path configuration() {
    return directory("XDG_CONFIG_HOME", ".config");
  }

  private Path directory(String variable, String belowHome) {
    return variable(variable)
        .map(Path::of)
        // The specification has others ignored.
        .filter(Path::isAbsolute)
        .orElseGet(() -> home().resolve(belowHome))
        .resolve("kiln");
  }

  /** {@code HOME} (POSIX, XBD 8.3); where it is not set, what the user's entry says. */
  private Path home() {
    String home = variable("HOME").orElseGet(() -> System.getProperty("user.home"));
    if (!home.startsWith("/")) {
      // Java writes '?' for a user without an entry.
      throw KilnException.input(
          "this user has no home directory: HOME is '" + Shown.of(home, 100) + "'",
          "Set HOME, or KILN_CACHE and XDG_CONFIG_HOME");
    }
    return Path.of(home);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
