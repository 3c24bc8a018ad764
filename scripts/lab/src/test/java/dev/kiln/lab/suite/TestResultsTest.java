package dev.kiln.lab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts/test says and ends with, whatever Maven made of the same run. */
class TestResultsTest {
  private static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");
  private static final Path PROGRAM =
      Path.of("../build/TestResults.java").toAbsolutePath().normalize();

  @TempDir private Path checkout;

  private record Ended(int code, String out) {}

  @BeforeEach
  void writeAGoodRun() throws IOException {
    write(
        "pom.xml",
        "<project><modules><module>one</module><module>two</module></modules></project>");
    write("since", "");
    write("log", "[INFO] Tests run: 1\n");
    Files.setLastModifiedTime(checkout.resolve("since"), FileTime.from(BEGIN));
    write("one/src/test/java/a/FineTest.java", "");
    write("one/src/test/java/a/Fixture.java", "");
    write("two/src/test/java/a/RealIT.java", "");
    report("one/target/surefire-reports", "a.FineTest", "");
    report("two/target/failsafe-reports", "a.RealIT", "");
  }

  @Test
  void isContentWhereEveryClassReportsNoFailure() throws Exception {
    assertThat(results())
        .isEqualTo(new Ended(0, "  tests 2, failed 0, skipped 0, classes not run 0\n"));
  }

  @Test
  void namesEachFailureOfEachModule() throws Exception {
    report("one/target/surefire-reports", "a.FineTest", "<failure message=\"was&#10;  2\"/>");
    report("two/target/failsafe-reports", "a.RealIT", "<error message=\"no disk\"/>");

    Ended ended = results();

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out())
        .contains("tests 2, failed 2,")
        .contains("FAILED   one: a.FineTest.does: was 2\n")
        .contains("FAILED   two: a.RealIT.does: no disk\n");
  }

  @Test
  void takesAReportOfAnEarlierRunForNone() throws Exception {
    Files.setLastModifiedTime(
        checkout.resolve("two/target/failsafe-reports/TEST-a.RealIT.xml"),
        FileTime.from(BEGIN.minusSeconds(60)));

    assertThat(results())
        .satisfies(ended -> assertThat(ended.code()).isEqualTo(1))
        .satisfies(
            ended -> assertThat(ended.out()).contains("two: a.RealIT was not run to its end"));
  }

  @Test
  void seesThatAJvmBrokeDownThoughAllReportsAreThere() throws Exception {
    write("log", "[ERROR] The forked VM terminated without saying properly goodbye.\n");

    assertThat(results())
        .satisfies(ended -> assertThat(ended.code()).isEqualTo(1))
        .satisfies(ended -> assertThat(ended.out()).contains("BROKEN   [ERROR] The forked VM"));
  }

  @Test
  void saysLoudlyWhatWasSkippedAndWhy() throws Exception {
    report("one/target/surefire-reports", "a.FineTest", "<skipped message=\"no shared/inputs\"/>");

    assertThat(results())
        .satisfies(ended -> assertThat(ended.code()).isZero())
        .satisfies(
            ended -> assertThat(ended.out()).contains("SKIPPED  one: a.FineTest.does: no shared"));
  }

  private Ended results() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                PROGRAM.toString(),
                "since",
                "log",
                "Test",
                "IT")
            .directory(checkout.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out);
  }

  private void report(String directory, String name, String end) throws IOException {
    write(
        directory + "/TEST-" + name + ".xml",
        "<testsuite name=\"%s\"><testcase name=\"does\" classname=\"%s\">%s</testcase></testsuite>"
            .formatted(name, name, end));
  }

  private void write(String file, String text) throws IOException {
    Path path = checkout.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
