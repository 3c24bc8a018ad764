package dev.kiln.lab.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void findsALineThatWasPrintedBeforeAnybodyWaited() {
    Console console = consoleOf("one\nlogin: up\nthree\n");

    assertThat(console.awaitLine(Pattern.compile("^login"), LONG).text()).isEqualTo("login: up");
  }

  @Test
  void waitsForALineThatIsStillToCome() throws IOException {
    PipedOutputStream machine = new PipedOutputStream();
    Console console =
        Console.follow("node1", new PipedInputStream(machine), file(), FatalLines.NONE);
    Thread printer =
        new Thread(
            () -> {
              try {
                machine.write("first\n".getBytes(StandardCharsets.UTF_8));
                machine.flush();
                console.awaitLine(Pattern.compile("first"), LONG);
                machine.write("second\n".getBytes(StandardCharsets.UTF_8));
                machine.flush();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    printer.start();

    assertThat(console.awaitLine(Pattern.compile("second"), LONG).text()).isEqualTo("second");
  }

  @Test
  void failsAtOnceWhenTheMachineEndsAndShowsTheTail() {
    Console console = consoleOf("booting\nlast words\n");

    assertThatThrownBy(() -> console.awaitLine(Pattern.compile("up"), LONG))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("node1 ended before it printed 'up'")
        .hasMessageContaining("last words");
  }

  @Test
  void failsAtOnceAtAFatalLine() throws IOException {
    PipedOutputStream machine = new PipedOutputStream();
    Console console =
        Console.follow("node1", new PipedInputStream(machine), file(), FatalLines.OF_A_MACHINE);
    machine.write(
        "Kernel panic - not syncing: IO-APIC + timer doesn't work!\n"
            .getBytes(StandardCharsets.UTF_8));
    machine.flush();

    assertThatThrownBy(() -> console.awaitLine(Pattern.compile("up"), LONG))
        .hasMessageContaining("node1 failed before it printed 'up': Kernel panic");
  }

  @Test
  void canWaitForAFatalLineItself() {
    Console console = consoleOf("kiln: [12.34] FAILED: layer os is not what the manifest names\n");

    assertThat(console.awaitLine(Pattern.compile("FAILED"), LONG).text()).contains("layer os");
  }

  @Test
  void canGoOnAfterAFatalLine() {
    Console console = consoleOf("kiln: [12.34] FAILED: layer os\nkiln: [12.35] To mend it: bake\n");
    Line fatal = console.awaitLine(Pattern.compile("FAILED"), LONG);

    assertThat(console.awaitLineAfter(fatal, Pattern.compile("To mend it"), LONG).text())
        .endsWith("bake");
    assertThatThrownBy(() -> console.awaitLine(Pattern.compile("To mend it"), LONG))
        .hasMessageContaining("failed before");
  }

  @Test
  void saysWhatItWaitedForWhenTheTimeIsOver() throws IOException {
    PipedOutputStream machine = new PipedOutputStream();
    Console console =
        Console.follow("node1", new PipedInputStream(machine), file(), FatalLines.NONE);

    assertThatThrownBy(() -> console.awaitLine(Pattern.compile("up"), Duration.ofMillis(20)))
        .hasMessageContaining("node1 did not print 'up' within");
  }

  @Test
  void keepsEveryLineWithItsTimeInTheFile() throws IOException {
    Console console = consoleOf("one\ntwo\n");
    console.awaitLine(Pattern.compile("two"), LONG);

    assertThatThrownBy(() -> console.awaitLine(Pattern.compile("nothing"), LONG));
    assertThat(Files.readAllLines(file()))
        .hasSize(2)
        .allMatch(line -> line.matches("\\[ +\\d+\\.\\d\\d] (one|two)"));
  }

  private Console consoleOf(String text) {
    return Console.follow(
        "node1",
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        file(),
        FatalLines.OF_A_MACHINE);
  }

  private Path file() {
    return directory.resolve("console.log");
  }
}
