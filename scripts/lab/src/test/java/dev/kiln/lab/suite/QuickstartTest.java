package dev.kiln.lab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.lab.process.Command;
import dev.kiln.lab.process.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which profile {@code scripts/quickstart} takes: what it calls is played by other programs. */
class QuickstartTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir private Path checkout;

  @BeforeEach
  void playTheOthers() throws IOException {
    program("scripts/setup", "true");
    program("bin/mvn", "true");
    program("scripts/lab/lab", "echo \"lab $*\"");
    program("scripts/bootserver", "echo \"bootserver $*\"");
    Path script = checkout.resolve("scripts/quickstart");
    Files.copy(Path.of("..", "quickstart"), script);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 9, 9, debian12",
    "4, 0, 9, debian12-modules",
    "4, 4, 0, debian12-source",
  })
  void takesTheNewestOfWhichEverythingCanBeFetched(
      int upstream, int modules, int source, String taken) throws IOException {
    checksEnd(upstream, modules, source);

    Output quickstart = quickstart();

    assertThat(quickstart.exitCode()).as(quickstart.text()).isZero();
    assertThat(quickstart.text())
        .contains("\n" + taken + ": ")
        .contains("Baking an image of " + taken + "\n")
        .contains("lab up --image images/" + taken + "\n");
  }

  @Test
  void saysWhyItPassesAProfileOverAndHowLongAnotherTakes() throws IOException {
    checksEnd(4, 0, 9);

    assertThat(quickstart().text())
        .contains("check of debian12 ends with 4\ndebian12 cannot be fetched from here")
        .containsPattern("debian12-modules: .*half an hour, the first time\n");
  }

  @Test
  void endsWhereNothingCanBeFetched() throws IOException {
    checksEnd(4, 4, 4);

    Output quickstart = quickstart();

    assertThat(quickstart.exitCode()).isEqualTo(4);
    assertThat(quickstart.text()).contains("no profile can be fetched").doesNotContain("Baking");
  }

  @Test
  void endsWithWhateverElseACheckFinds() throws IOException {
    checksEnd(5, 0, 0);

    Output quickstart = quickstart();

    assertThat(quickstart.exitCode()).isEqualTo(5);
    assertThat(quickstart.text()).doesNotContain("Baking");
  }

  private void checksEnd(int upstream, int modules, int source) throws IOException {
    program(
        "scripts/builder",
        """
        case "$1 $3" in
          "check debian12") status=%d ;;
          "check debian12-modules") status=%d ;;
          "check debian12-source") status=%d ;;
          *) echo "images/$3 sha256:0"; exit 0 ;;
        esac
        echo "check of $3 ends with $status"
        exit $status
        """
            .formatted(upstream, modules, source));
  }

  private void program(String name, String commands) throws IOException {
    Path file = checkout.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Output quickstart() {
    return new Command(List.of(checkout.resolve("scripts/quickstart").toString()))
        .startedBy(Command.of("env", "PATH=" + checkout.resolve("bin") + ":/usr/bin:/bin"))
        .run(LIMIT);
  }
}
