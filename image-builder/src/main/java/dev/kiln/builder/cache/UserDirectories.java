package dev.kiln.builder.cache;

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
        .orElseGet(() -> Path.of(System.getProperty("user.home"), belowHome))
        .resolve("kiln");
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
