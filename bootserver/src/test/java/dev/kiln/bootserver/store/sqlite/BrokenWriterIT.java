package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.net.TestProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokenWriterIT {
  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "memory, java.lang.OutOfMemoryError, 5",
    "program, java.lang.AssertionError, 1",
    "thread, java.lang.AssertionError, 1"
  })
  void endsTheProcessWithOneLine(String broken, String error, int code) throws Exception {
    try (TestProcess process =
        TestProcess.start(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            BrokenWriter.class.getName(),
            directory.toString(),
            broken)) {
      assertThat(process.end()).isEqualTo(code);
      assertThat(process.output())
          .containsOnlyOnce("\n")
          .contains(
              "The boot server cannot go on and ends with " + code + ": " + error,
              "in thread writer-leases.db");
    }
  }

  @Test
  void takesNothingMoreWhereNobodyWrites() {
    try (Database database = Database.open(directory)) {
      var broken =
          database
              .leases()
              .submit(
                  session -> {
                    throw new AssertionError("expected: this test breaks the writer");
                  })
              .toCompletableFuture();

      assertThat(broken).failsWithin(Duration.ofMinutes(1));
      assertThat(database.leases().submit(session -> true).toCompletableFuture())
          .failsWithin(Duration.ofMinutes(1));
      assertThat(database.healthy()).isFalse();
    }
  }
}
