package dev.kiln.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An expected output, kept as a file. {@code mvn test -Dgolden.update=true} writes what the code
 * makes now; read the difference in git before it is committed.
 */
public final class GoldenFile {
  private GoldenFile() {}

  /**
   * Compares, or writes where the flag is given.
   *
   * @param file below {@code src/test/resources}
   */
  public static void assertSame(String file, String actual) throws IOException {
    Path golden = Path.of("src/test/resources", file);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, actual);
    }
    assertThat(actual).as(golden.toString()).isEqualTo(Files.readString(golden));
  }
}
