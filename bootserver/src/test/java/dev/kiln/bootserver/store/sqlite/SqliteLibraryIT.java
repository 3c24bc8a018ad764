package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryIT {
  private static final String LEFT = "sqlite-3.54.1.0-0e8d-libsqlitejdbc.so";

  @TempDir private Path directory = Path.of("");

  @Test
  void leavesNothingBehindHoweverItEndsAndRemovesWhatOthersLeft() throws Exception {
    for (String old : List.of(LEFT, LEFT + ".lck", "sqlite-mine.so")) {
      Files.writeString(directory.resolve(old), "");
      Files.setLastModifiedTime(directory.resolve(old), FileTime.from(Instant.EPOCH));
    }
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ConfirmedLeases.class.getName(),
                directory.toString(),
                "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("0");
    } finally {
      writer.toHandle().destroyForcibly();
      writer.waitFor();
    }

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.startsWith("sqlite-"))
          // Nobody's of ours.
          .containsExactly("sqlite-mine.so");
    }
  }
}
