package dev.kiln.builder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, etc/passwd",
    "lib/x, usr/lib/x",
    "/out/passwd, etc/passwd",
    "/up/etc/passwd, etc/passwd",
    "/../../etc, etc",
    "/usr/./lib/../lib, usr/lib"
  })
  void followsLinksAsTheTreesOwnProgramsWould(String path, String expected) throws IOException {
    Files.createDirectories(directory.resolve("usr/lib"));
    Files.createDirectories(directory.resolve("etc"));
    Files.createSymbolicLink(directory.resolve("lib"), Path.of("usr/lib"));
    Files.createSymbolicLink(directory.resolve("out"), Path.of("/etc"));
    Files.createSymbolicLink(directory.resolve("up"), Path.of("../../../../.."));

    assertThat(new Root(directory).resolve(path)).isEqualTo(directory.resolve(expected));
  }

  @Test
  void refusesALoopOfLinks() throws IOException {
    Files.createSymbolicLink(directory.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(directory.resolve("b"), Path.of("a"));

    assertThatThrownBy(() -> new Root(directory).resolve("a/x"))
        .hasMessageContaining("loop of links");
  }
}
