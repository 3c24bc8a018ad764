package dev.kiln.builder.cli;

import dev.kiln.builder.cache.UserDirectories;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of every command that uses the cache. */
public final class CacheOption {
  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "What was fetched and made before; else the variable KILN_CACHE; else ~/.cache/kiln.")
  private Optional<Path> cache = Optional.empty();

  Path directory(Map<String, String> environment) {
    return cache.orElseGet(() -> new UserDirectories(environment).cache());
  }
}
