package dev.kiln.builder.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.sandbox.Exit;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildLogTest {
  @TempDir Path directory;

  @Test
  void keepsEverythingInTheFileAndTheEndInTheFailure() throws IOException {
    Path file = directory.resolve("logs/build-kubernetes.log");

    KilnException failure;
    try (BuildLog log = new BuildLog(file)) {
      for (int i = 1; i <= 30; i++) {
        log.add("line " + i + ".");
      }
      failure = log.failure("kubernetes", new Exit(2, "line 30.", false));
    }

    assertThat(Files.readAllLines(file)).hasSize(30).startsWith("line 1.");
    assertThat(failure.kind()).isEqualTo(KilnException.Kind.DEPENDENCY);
    assertThat(failure.getMessage())
        .startsWith("the build 'kubernetes' ended with status 2 after these lines:")
        .contains("line 11.", "line 30.", file.toString())
        .doesNotContain("line 10.");
  }

  @Test
  void tellsAFullDiskFromABuildThatIsWrong() throws IOException {
    try (BuildLog log = new BuildLog(directory.resolve("build.log"))) {
      KilnException failure = log.failure("kubernetes", new Exit(1, "", true));

      assertThat(failure.kind()).isEqualTo(KilnException.Kind.IO);
      assertThat(failure.getMessage()).contains("The disk is full: free some space there");
    }
  }
}
