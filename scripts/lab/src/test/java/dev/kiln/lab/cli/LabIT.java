package dev.kiln.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.lab.lifecycle.LabDirectory;
import dev.kiln.lab.process.Command;
import dev.kiln.lab.process.JavaProgram;
import dev.kiln.lab.process.Output;
import dev.kiln.lab.server.SmallImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program as a user meets it, with the boot server of this build, and without machines. */
class LabIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** The same each time, so that what a killed test left behind is removed. */
  private final Path home = Path.of("target", "lab-it").toAbsolutePath();

  private final LabDirectory directory = new LabDirectory(home.resolve("test"));
  private final Path image = home.resolve("image");

  @BeforeEach
  void writeImage() throws IOException {
    SmallImage.write(image);
    assertThat(lab("down").exitCode()).isZero();
  }

  @AfterEach
  void end() {
    lab("down");
  }

  @Test
  void goesUpInTheBackgroundAndDownAgain() {
    Output up = up();

    assertThat(up.exitCode()).as(up.text()).isZero();
    assertThat(up.text()).contains("start the boot server", "lab: up");
    assertThat(lab("status").text()).contains("boot server  runs");
    assertThat(inside("curl", "-sf", "http://10.77.0.1:8080/readyz").exitCode()).isZero();

    assertThat(lab("down").exitCode()).isZero();
    assertThat(directory.namespace().exists()).isFalse();
    assertThat(lab("status").text()).contains("is not up");
  }

  @Test
  void isUpOnlyOnce() {
    assertThat(up().exitCode()).isZero();

    Output again = up();

    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(again.text()).contains("is up already", "lab down");
    assertThat(lab("status").text()).contains("boot server  runs");
  }

  @Test
  void leavesNothingBehindThatTheNextOneTripsOver() {
    assertThat(up().exitCode()).isZero();
    ProcessHandle keeper = directory.keeper().orElseThrow();
    keeper.destroyForcibly();
    keeper.onExit().join();
    assertThat(lab("status").text()).contains("keeper       was killed");

    assertThat(up().exitCode()).isZero();

    assertThat(lab("status").text()).contains("boot server  runs").doesNotContain("was killed");
  }

  @Test
  void refusesAnImageThatIsNone() {
    Output up = lab("up", "--machines=0", "--image=" + home.resolve("nothing"));

    assertThat(up.exitCode()).isEqualTo(3);
    assertThat(up.text()).contains("is not an image");
    assertThat(directory.namespace().exists()).isFalse();
  }

  private Output up() {
    return lab("up", "--machines=0", "--image=" + image);
  }

  private Output lab(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--name=test");
    return JavaProgram.again(Lab.class, all)
        .startedBy(Command.of("env", "KILN_LAB_HOME=" + home))
        .run(LIMIT);
  }

  private Output inside(String... words) {
    return directory.namespace().inside(Command.of(words)).run(LIMIT);
  }
}
