package dev.kiln.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

class ProgramTest {
  /** Fails as it is told to. */
  @Command(name = "sample")
  private static class Sample extends Program implements Callable<Integer> {
    private final RuntimeException failure;

    @Option(names = "--directory")
    private Optional<Path> directory = Optional.empty();

    Sample(RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() {
      assertThat(directory).isNotPresent();
      throw failure;
    }
  }

  /** One whose failures can be explained. */
  @Command(name = "sample")
  private static final class Explained extends Sample implements Explaining {
    @Option(names = OPTION)
    private boolean explain;

    Explained(RuntimeException failure) {
      super(failure);
    }

    @Override
    public boolean explains() {
      return explain;
    }
  }

  @Test
  void explainsAtLengthOnlyWhereItIsAskedTo() {
    KilnException failure =
        KilnException.explained(
            KilnException.Kind.INPUT,
            List.of(Problem.of("it does not go", "Leave it out")),
            List.of("one was tried", "two was \u001b[2J tried"));
    String first = "sample: it does not go. Leave it out.\n";

    assertThat(wordsOf(new Sample(failure), ExitCode.INPUT)).isEqualTo(first);
    assertThat(wordsOf(new Explained(failure), ExitCode.INPUT))
        .isEqualTo(first + "sample: --explain shows everything that was tried.\n");
    assertThat(wordsOf(new Explained(failure), ExitCode.INPUT, "--explain"))
        .isEqualTo(first + "  one was tried\n  two was ?[2J tried\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void takesAnEmptyPathForNone(String path) {
    Sample program = new Sample(new IllegalStateException("it ran"));

    assertThat(program.run("--directory", path)).isEqualTo(ExitCode.USAGE.code());
  }

  @Test
  void namesADefectWithoutAClassOfJava() {
    String words = wordsOf(new Sample(new IllegalStateException("two and two are five")));

    assertThat(words)
        .isEqualTo(
            "sample: this is a defect of sample: two and two are five. Run it again with --debug and"
                + " report what it prints.\n");
    assertThat(wordsOf(new Sample(new NullPointerException())))
        .isEqualTo(
            "sample: this is a defect of sample. Run it again with --debug and report what it prints.\n");
  }

  @Test
  void namesNoClassOfJavaBehindAnother() {
    assertThat(wordsOf(new Sample(new IllegalStateException(new IllegalArgumentException("five")))))
        .startsWith("sample: this is a defect of sample: five. Run");
    Sample unreadable =
        new Sample(new UncheckedIOException(new AccessDeniedException("/srv/secret")));
    assertThat(wordsOf(unreadable, ExitCode.IO))
        .isEqualTo(
            "sample: cannot read or write a file: /srv/secret may not be used by this user. Check"
                + " free space, permissions and the path.\n");
  }

  @Test
  void showsNothingThatATerminalObeys() {
    KilnException hostile =
        KilnException.input("two\nlines: \u001b[2J\u009b and \u202e", "Do\tnothing");

    assertThat(wordsOf(new Sample(hostile), ExitCode.INPUT))
        .isEqualTo("sample: two\nlines: ?[2J? and ?. Do nothing.\n");
  }

  /** One with two commands. */
  @Command(name = "pair", mixinStandardHelpOptions = true, version = "pair 1")
  private static final class Pair extends Program {
    Pair() {
      super(Commands.of(First.class, Second.class));
    }
  }

  @Command(name = "first", description = "Is the first.", mixinStandardHelpOptions = true)
  static final class First implements Callable<Integer> {
    @ParentCommand private Pair program = new Pair();

    @Option(names = "--directory")
    private Optional<Path> directory = Optional.empty();

    @Override
    public Integer call() {
      if (program.debug()) {
        return 43;
      }
      return directory.isPresent() ? 41 : 42;
    }
  }

  @Command(name = "second", description = "Is the second.")
  static final class Second implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalStateException("two and two are five");
    }
  }

  @Test
  void hasEachOfItsCommandsWhereverItIsNamed() {
    assertThat(new Pair().run("first")).isEqualTo(42);
    assertThat(new Pair().run("first", "--directory", "a")).isEqualTo(41);
    assertThat(new Pair().run("--debug", "first")).isEqualTo(43);
    assertThat(new Pair().run("first", "--debug")).isEqualTo(43);
    assertThat(new Pair().run("first", "second")).isEqualTo(ExitCode.USAGE.code());
    assertThat(wordsOf(new Pair(), ExitCode.BUG, "second", "--debug"))
        .startsWith("pair: this is a defect of pair: two and two are five.")
        .contains("at dev.kiln.command.ProgramTest$Second.call");
  }

  @Test
  void namesAllItsCommandsToWhoeverAsksForHelpOrIsMistaken() {
    assertThat(outOf(new Pair(), "--help")).contains("Is the first.").contains("Is the second.");
    assertThat(outOf(new Pair(), "first", "--help")).startsWith("Usage: pair first [");
    assertThat(outOf(new Pair(), "--version")).isEqualTo("pair 1\n");
    assertThat(wordsOf(new Pair(), ExitCode.USAGE, "secnod")).contains("pair second");
    assertThat(wordsOf(new Pair(), ExitCode.USAGE)).contains("Is the second.");
  }

  /** Reading the options of all of them takes most of the time that it needs. */
  @Test
  void readsTheOptionsOfNoCommandThatIsNotMeant() {
    Commands commands = Commands.of(First.class, Second.class);

    assertThat(commands.meantBy(List.of("second", "first"))).containsExactly(Second.class);
    assertThat(commands.meantBy(List.of("--version"))).isEmpty();
    assertThat(commands.meantBy(List.of("--version", "first"))).hasSize(2);
  }

  @Test
  void failsWhereNobodyCanReadWhatItPrinted() throws IOException {
    PrintStream before = System.out;
    try (PrintStream full = new PrintStream("/dev/full", StandardCharsets.UTF_8)) {
      System.setOut(full);

      assertThat(wordsOf(new Pair(), ExitCode.IO, "--version"))
          .isEqualTo(
              "pair: cannot write to standard output. Check free space where it goes, and run it"
                  + " again.\n");
    } finally {
      System.setOut(before);
    }
  }

  private static String outOf(Program program, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertThat(program.run(arguments)).isZero();
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String wordsOf(Sample program) {
    return wordsOf(program, ExitCode.BUG);
  }

  private static String wordsOf(Program program, ExitCode code, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      assertThat(program.run(arguments)).isEqualTo(code.code());
    } finally {
      System.setErr(before);
    }
    return err.toString(StandardCharsets.UTF_8);
  }
}
