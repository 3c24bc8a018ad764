package dev.kiln.builder.cache;

import java.nio.file.Path;
import java.util.Optional;

/** The cache of all tests that need much: kept from run to run, and never the user's own. */
public final class TestCache {
  private TestCache() {}

  /** Where it is, which the build says. */
  public static Path path() {
    return Optional.ofNullable(System.getenv("KILN_CACHE"))
        .map(Path::of)
        .orElseThrow(() -> new IllegalStateException("the build sets KILN_CACHE"));
  }
}
