package dev.kiln.builder.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
  private final StringBuilder log = new StringBuilder();
  private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.EPOCH);

  @Test
  void tellsEachStepWithItsTimeUnderTheStepsAroundIt() {
    Progress progress = new PlainProgress("bake=7f3a", out, Optional.of(log), clock::get);

    int result = progress.step("assemble", () -> progress.step("unpack", () -> 42));

    assertThat(result).isEqualTo(42);
    assertThat(screen().lines())
        .satisfiesExactly(
            line -> assertThat(line).endsWith("Z bake=7f3a step=assemble …"),
            line -> assertThat(line).endsWith("Z bake=7f3a step=assemble/unpack …"),
            line -> assertThat(line).matches(".*Z bake=7f3a step=assemble/unpack \\d+\\.\\ds"),
            line -> assertThat(line).matches(".*Z bake=7f3a step=assemble \\d+\\.\\ds"));
    assertThat(log).hasToString(screen());
  }

  @Test
  void beginsEachLineWithItsTime() {
    clock.set(Instant.parse("2026-11-29T23:59:59.9996Z"));
    Progress progress = new PlainProgress("bake=1", out, Optional.of(log), clock::get);

    progress.note("one");
    clock.set(Instant.parse("2026-11-30T00:00:00Z"));
    progress.detail("two");

    assertThat(log)
        .hasToString(
            """
            2026-11-29T23:59:59.999Z bake=1 one
            2026-11-30T00:00:00.000Z bake=1 two
            """);
    assertThat(screen()).isEqualTo("2026-11-29T23:59:59.999Z bake=1 one\n");
  }

  @Test
  void letsFailuresThroughAndTellsWhichStepsTheyEnded() {
    RecordingProgress progress = new RecordingProgress();
    KilnException failure = KilnException.input("wrong", "Mend it");

    assertThatThrownBy(
            () ->
                progress.step(
                    "bake",
                    () -> {
                      progress.step(
                          "fetch",
                          () -> {
                            throw failure;
                          });
                    }))
        .isSameAs(failure);
    progress.step("next", () -> {});

    assertThat(progress.events())
        .containsExactly(
            "began bake",
            "began bake/fetch",
            "failed bake/fetch",
            "failed bake",
            "began next",
            "ended next");
  }

  @Test
  void namesTheStepOfAnInputOutputFailure() {
    IOException cause = new IOException("no such file");

    assertThatThrownBy(
            () ->
                new RecordingProgress()
                    .step(
                        "seal",
                        () -> {
                          throw cause;
                        }))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("cannot seal: no such file")
        .hasCause(cause);
  }

  @Test
  void tellsDetailsToTheLogAlone() {
    for (Progress progress :
        List.of(
            new PlainProgress("bake=1", out, Optional.of(log)),
            new TerminalProgress("bake=1", out, Optional.of(log)))) {
      progress.detail("Setting up dash");
    }

    assertThat(screen()).isEmpty();
    assertThat(log.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.endsWith("Z bake=1 Setting up dash"));
  }

  @Test
  void tellsNotesToTheScreenAndToTheLog() {
    new PlainProgress("bake=1", out, Optional.of(log)).note("made again");
    new TerminalProgress("bake=1", out, Optional.of(log)).note("made again");

    assertThat(screen()).matches("(?s)\\S+Z bake=1 made again\nmade again\n");
    assertThat(log.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.endsWith("Z bake=1 made again"));
  }

  @Test
  void tellsABarEveryFiveSeconds() {
    Progress progress = new PlainProgress("bake=1", out, Optional.of(log), clock::get);

    try (Bar bar = progress.bar("fetch", 1000)) {
      for (int second = 1; second <= 12; second++) {
        clock.updateAndGet(now -> now.plusSeconds(1));
        bar.advance(50);
      }
    }

    assertThat(screen())
        .isEqualTo(
            """
            1970-01-01T00:00:05.000Z bake=1 fetch 250 B of 1.0 kB
            1970-01-01T00:00:10.000Z bake=1 fetch 500 B of 1.0 kB
            """);
    assertThat(log).isEmpty();
  }

  @Test
  void tellsHowMuchCameWhereNobodyKnowsHowMuchWillCome() {
    Progress progress = new PlainProgress("bake=1", out, Optional.of(log), clock::get);

    try (Bar bar = progress.bar("fetch", 0)) {
      clock.updateAndGet(now -> now.plusSeconds(5));
      bar.advance(50);
    }

    assertThat(screen()).endsWith("fetch 50 B\n");
  }

  @Test
  void tellsABarWhoseClockWasSetBack() {
    clock.set(Instant.parse("2026-11-29T10:00:00Z"));
    Progress progress = new PlainProgress("bake=1", out, Optional.of(log), clock::get);

    try (Bar bar = progress.bar("fetch", 1000)) {
      clock.set(Instant.parse("2026-11-29T09:00:00Z"));
      bar.advance(50);
    }

    assertThat(screen()).endsWith("fetch 50 B of 1.0 kB\n");
  }

  @Test
  void tellsNothingOfABarThatIsDoneAtOnce() {
    try (Bar bar = new PlainProgress("bake=1", out, Optional.of(log)).bar("fetch", 1000)) {
      IntStream.range(0, 100).parallel().forEach(i -> bar.advance(10));
    }

    assertThat(screen()).isEmpty();
  }

  @Test
  void drawsBarsBelowTheStepsOfATerminal() {
    TerminalProgress progress = new TerminalProgress("bake=1", out, Optional.of(log));

    progress.step(
        "fetch",
        () -> {
          try (Bar bar = progress.bar("packages", 4000)) {
            bar.advance(2000);
            progress.step("check", () -> {});
          }
        });

    assertThat(screen())
        .startsWith("fetch …\npackages [------------------------------] 0 B of 4.0 kB\n")
        .contains("\u001b[1A\u001b[J  check …\n")
        .contains("packages [###############---------------] 2.0 kB of 4.0 kB\n");
    assertThat(screen().lines()).last().asString().matches(".*fetch \\d+\\.\\ds");
    assertThat(log.toString().lines()).hasSize(4).allMatch(line -> line.contains("Z bake=1 step="));
  }

  @Test
  void drawsNoBarsWhereNobodyWatches() {
    assertThat(Progress.open("bake=1", Optional.empty(), Map.of("TERM", "dumb")))
        .isInstanceOf(PlainProgress.class);
    assertThat(Progress.open("bake=1", Optional.empty(), Map.of()))
        .isInstanceOf(PlainProgress.class);
  }

  @Test
  void writesBytesAsAPersonReadsThem() {
    assertThat(Amount.of(0)).isEqualTo("0 B");
    assertThat(Amount.of(999)).isEqualTo("999 B");
    assertThat(Amount.of(1000)).isEqualTo("1.0 kB");
    assertThat(Amount.of(136_000_000)).isEqualTo("136.0 MB");
  }

  private String screen() {
    return screen.toString(StandardCharsets.UTF_8);
  }
}
