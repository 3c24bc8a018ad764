package dev.kiln.bootserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.app.ServerFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the program is started that this build made. */
class LauncherIT {
  @TempDir private Path directory;

  /** With {@code -Xshare:on} the JVM refuses to start where it cannot use the archive. */
  @Test
  void servesFromTheArchiveOfWhatItLoads() throws Exception {
    ServerFixture fixture = ServerFixture.in(directory);
    Path log = directory.resolve("loaded");
    Process server =
        start(
            "-Xshare:on -Xlog:class+load:file=" + log,
            "serve",
            "--config",
            fixture.config().toString());
    try {
      assertThat(server.inputReader(StandardCharsets.UTF_8).readLine())
          .startsWith("bootserver: ready");
    } finally {
      server.destroy();
      assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    List<String> ofJars = Files.readAllLines(log).stream().filter(LauncherIT::isOfAJar).toList();
    assertThat(ofJars).hasSizeGreaterThan(1000);
    assertThat(ofJars)
        .filteredOn(line -> !line.endsWith("shared objects file"))
        .hasSizeLessThan(ofJars.size() / 10);
  }

  @Test
  void startsThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("linked"), program().toRealPath());
    Process linked = new ProcessBuilder(link.toString(), "--version").start();

    assertThat(new String(linked.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("bootserver ");
    assertThat(linked.waitFor()).isZero();
  }

  private static Process start(String javaOptions, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(program().toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("KILN_JAVA_OPTS", javaOptions);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static Path program() {
    return Path.of("../scripts/bootserver");
  }

  private static boolean isOfAJar(String line) {
    return line.matches(".*\\] (dev\\.kiln|io|picocli|com\\.fasterxml)\\.[^/]* source: .*");
  }
}
