package dev.kiln.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoToolchainTest {
  private static final String ONE = "h1:" + "a".repeat(43) + "=";
  private static final String OTHER = "h1:" + "b".repeat(43) + "=";

  /** A profile's digest is made of it: it must be the same on every machine. */
  @Test
  void isTheSameTextInWhateverOrderItsHashesAreWritten() {
    Map<Architecture, String> written = new LinkedHashMap<>();
    written.put(Architecture.ARM64, OTHER);
    written.put(Architecture.AMD64, ONE);

    assertThat(new GoToolchain("go1.26.10", written))
        .hasToString(
            "GoToolchain[version=go1.26.10, hashes={amd64=" + ONE + ", arm64=" + OTHER + "}]");
  }
}
