package dev.kiln.builder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A bake that is killed with SIGKILL in the middle of a step, and what it leaves. */
final class KilledBake {
  private static final long LIMIT_SECONDS = 180;

  private final Process bake;

  KilledBake(Process bake) {
    this.bake = bake;
  }

  /**
   * Kills it when it has begun a step, and waits until its processes are gone.
   *
   * @param program that the step runs; empty to kill it with the step's first line
   */
  void killIn(String step, String program) throws IOException, InterruptedException {
    try (BufferedReader log = bake.errorReader(UTF_8)) {
      String line = log.readLine();
      while (line != null && !line.endsWith(" step=" + step + " …")) {
        line = log.readLine();
      }
      assertThat(line).as("the step %s was not begun", step).isNotNull();
      while (!program.isEmpty() && bake.descendants().noneMatch(each -> runs(each, program))) {
        if (bake.waitFor(20, TimeUnit.MILLISECONDS)) {
          fail("it ended before it ran " + program);
        }
      }
      List<ProcessHandle> all = bake.descendants().toList();
      bake.destroyForcibly();
      assertThat(bake.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      all.forEach(each -> each.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join());
    }
  }

  /** No process works below a directory, none sees anything mounted there, and nothing is. */
  static void assertNothingRunsIn(Path directory) throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      assertThat(processes.filter(each -> String.valueOf(each.getFileName()).matches("\\d+")))
          .allSatisfy(
              process ->
                  assertThat(traces(process))
                      .as("%s", process)
                      .doesNotContain(directory.toString()));
    }
  }

  private static boolean runs(ProcessHandle process, String program) {
    return process.info().command().filter(path -> path.endsWith("/" + program)).isPresent();
  }

  /** Its arguments, where it works, and its mounts; nothing of a process that ended meanwhile. */
  private static String traces(Path process) {
    return Stream.of("cmdline", "mountinfo")
            .map(file -> read(process.resolve(file)))
            .collect(java.util.stream.Collectors.joining())
        + Stream.of("cwd", "root", "exe")
            .map(link -> target(process.resolve(link)))
            .collect(java.util.stream.Collectors.joining());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static String target(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link)).map(Path::toString).orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
