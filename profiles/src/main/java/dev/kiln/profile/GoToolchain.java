package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A Go toolchain, as a Go module proxy has it: the module {@code golang.org/toolchain}
 * (https://go.dev/ref/mod#toolchain).
 *
 * @param version such as {@code go1.26.10}
 * @param hashes for each architecture that it may run on, the module's {@code h1:} hash
 */
public record GoToolchain(String version, Map<Architecture, String> hashes) {
  private static final Pattern VERSION = Pattern.compile("go1\\.[0-9]{1,3}(?:\\.[0-9]{1,3})?");

  /** SHA-256 in Base64: 43 characters and one to fill up. */
  private static final Pattern HASH = Pattern.compile("h1:[A-Za-z0-9+/]{43}=");

  public GoToolchain {
    version(version);
    hashes.values().forEach(GoToolchain::hash);
    if (hashes.isEmpty()) {
      throw new IllegalArgumentException(
          "a toolchain needs a hash: write 'amd64: h1:…' for each architecture that bakes");
    }
    // In one order everywhere: it is part of what the digest of a profile is made of.
    hashes = Collections.unmodifiableMap(new TreeMap<>(hashes));
  }

  static String version(String text) {
    if (!VERSION.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text) + "' is not a version of Go: write such as go1.26.10");
    }
    return text;
  }

  static String hash(String text) {
    if (!HASH.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text) + "' is not the hash of a module: write it as go.sum does, h1:…");
    }
    return text;
  }
}
