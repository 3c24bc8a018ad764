package dev.kiln.builder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Else it would be a quarter of the machine's, which the tree has use for. */
  @Test
  void takesABoundedHeapUnlessSomebodyAsksForMore() {
    assertThat(heap("-XX:+PrintFlagsFinal")).isEqualTo(512 << 20);
    assertThat(heap("-XX:+PrintFlagsFinal -Xmx1g")).isEqualTo(1 << 30);
  }

  private long heap(String options) {
    return succeed(built.with("KILN_JAVA_OPTS", options))
        .out()
        .lines()
        .filter(line -> line.contains(" MaxHeapSize "))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+(\\d+).*", "$1")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void startsThroughALinkAndFromItsOwnDirectory() throws Exception {
    Path bin = copyTo(directory.resolve("program")).resolve("bin");
    Path link = Files.createSymbolicLink(directory.resolve("linked"), bin.resolve("builder"));
    Process near = new ProcessBuilder("sh", "builder", "--version").directory(bin.toFile()).start();

    assertThat(succeed(new BuilderProgram(directory, link.toString())).out()).isEqualTo(version);
    assertThat(new String(near.getInputStream().readAllBytes(), UTF_8)).isEqualTo(version);
    assertThat(near.waitFor()).isZero();
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

  /** Whatever locale is set, names are UTF-8: written here by a shell, which has none. */
  @ParameterizedTest
  @ValueSource(strings = {"C", "de_DE.ISO-8859-1", ""})
  void takesNamesForUtf8InAnyLocale(String locale) throws Exception {
    Path script = directory.resolve("script");
    Files.writeString(
        script,
        """
        cd '%s'
        mkdir 'käse-ключ'
        builder() { env -i PATH="$PATH" HOME="$PWD" LC_ALL='%s' KILN_CACHE=кэш '%s' "$@"; }
        builder cache verify
        builder keygen --output 'käse-ключ/ü.key' | grep private
        test -s 'käse-ключ/ü.key' && echo made
        """
            .formatted(directory, locale, System.getenv("KILN_BUILDER")),
        UTF_8);
    Process shell = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true).start();
    String said = new String(shell.getInputStream().readAllBytes(), UTF_8);

    assertThat(shell.waitFor()).as(said).isZero();
    assertThat(said)
        .isEqualTo(
            """
            builder: кэш is no cache. Name the directory that bakes use.
            private key: käse-ключ/ü.key (keep it secret)
            made
            """);
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
