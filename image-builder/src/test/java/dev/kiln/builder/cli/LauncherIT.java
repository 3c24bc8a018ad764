package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cli.BuilderProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the program is started, with and without an archive of its classes. */
class LauncherIT {
  @TempDir private Path directory;
  private BuilderProgram built;
  private String version;

  @BeforeEach
  void askForTheVersion() {
    built = new BuilderProgram(directory);
    version = succeed(built).out();
  }

  /** With {@code -Xshare:on} the JVM refuses to start where it cannot use the archive. */
  @Test
  void startsFromTheArchiveThatTheBuildLeft() {
    assertThat(succeed(built.with("KILN_JAVA_OPTS", "-Xshare:on")).out()).isEqualTo(version);
  }

  @Test
  void startsAllTheSameWhereTheArchiveIsOfOtherJarsOrNone() throws IOException {
    Path elsewhere = copyTo(directory.resolve("a directory with blanks"));
    Path archive = elsewhere.resolve("lib/classes.jsa");
    BuilderProgram copied =
        new BuilderProgram(directory, elsewhere.resolve("bin/builder").toString());

    assertThat(archive).exists();
    assertThat(succeed(copied).out()).isEqualTo(version);
    Files.delete(archive);
    Files.writeString(archive, "no archive");
    assertThat(succeed(copied).out()).isEqualTo(version);
    Files.delete(archive);
    assertThat(succeed(copied).out()).isEqualTo(version);
  }

  private static Ended succeed(BuilderProgram program) {
    Ended ended = program.run("--version");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).isEmpty();
    return ended;
  }

  /** Of the program as it was built, with other times. */
  private static Path copyTo(Path place) throws IOException {
    Path program = Path.of("target/builder");
    try (Stream<Path> versions = Files.list(program)) {
      program =
          versions
              .filter(version -> Files.exists(version.resolve("bin/builder")))
              .findFirst()
              .orElseThrow();
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(program)) {
      files = walk.toList();
    }
    for (Path file : files) {
      Files.copy(file, place.resolve(program.relativize(file).toString()));
      if (file.endsWith("bin/builder")) {
        assertThat(place.resolve("bin/builder").toFile().setExecutable(true)).isTrue();
      }
    }
    return place;
  }
}
