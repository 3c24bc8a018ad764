package dev.kiln.command;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.failure.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/**
 * The options every program has, and the one place where a failure becomes words and an exit code.
 */
public abstract class Program {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print stack traces and the log's details.")
  private boolean debug;

  private final Commands commands;

  /** One that does a single thing, or names its commands to picocli itself. */
  protected Program() {
    this(Commands.of());
  }

  /** One with these commands. */
  protected Program(Commands commands) {
    this.commands = commands;
  }

  /** Parses, runs, and returns the exit code. */
  public final int run(String... arguments) {
    CommandLine line = new CommandLine(this);
    commands.meantBy(List.of(arguments)).forEach(line::addSubcommand);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Path.class, Program::path);
    line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    int code = line.execute(arguments);
    return code == ExitCode.OK.code() && outputWasLost(line) ? ExitCode.IO.code() : code;
  }

  /** What prints remembers that it failed, and goes on: nobody would see it. */
  private static boolean outputWasLost(CommandLine line) {
    boolean lost = line.getOut().checkError() || System.out.checkError();
    if (lost) {
      PrintWriter err = line.getErr();
      err.println(
          line.getCommandSpec().name()
              + ": cannot write to standard output. Check free space where it goes, and run it"
              + " again.");
      err.flush();
    }
    return lost;
  }

  protected final boolean debug() {
    return debug;
  }

  /** What was read as a stream, as a directory's names are, fails without the name of an io. */
  private static KilnException known(Exception failure) {
    if (failure instanceof KilnException known) {
      return known;
    }
    IOException cause =
        failure.getCause() instanceof IOException io ? io : new IOException(failure.getMessage());
    return KilnException.io("read or write a file", cause);
  }

  /**
   * A class's name says something to whoever mends it, and that one sees the stack trace. Where an
   * exception has no message of its own, it has its cause's, behind the name of that one's class.
   */
  private static String wordsOf(Throwable failure) {
    Throwable last = failure;
    for (@Nullable Throwable cause = failure.getCause();
        cause != null && cause.toString().equals(last.getMessage());
        cause = cause.getCause()) {
      last = cause;
    }
    return last.getMessage() == null ? "" : ": " + Shown.lines(last.getMessage());
  }

  /** An empty one would be the working directory, which nobody means by it. */
  private static Path path(String value) {
    if (value.isBlank()) {
      throw new TypeConversionException("'" + value + "' is no path");
    }
    return Path.of(value);
  }

  private static void explain(KilnException failure, CommandLine command) {
    if (failure.explanation().isEmpty() || !(command.getCommand() instanceof Explaining asked)) {
      return;
    }
    if (asked.explains()) {
      failure.explanation().forEach(line -> command.getErr().println("  " + Shown.lines(line)));
    } else {
      command
          .getErr()
          .println(
              command.getCommandSpec().root().name()
                  + ": "
                  + Explaining.OPTION
                  + " shows everything that was tried.");
    }
  }

  private int report(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    String program = command.getCommandSpec().root().name();
    ExitCode code = ExitCode.BUG;
    if (failure instanceof KilnException || failure instanceof UncheckedIOException) {
      KilnException known = known(failure);
      code = ExitCode.of(known.kind());
      for (Problem problem : known.problems()) {
        err.println(program + ": " + Shown.lines(problem.toString()));
      }
      explain(known, command);
    } else {
      String words = wordsOf(failure);
      err.println(
          program
              + ": this is a defect of "
              + program
              + words
              + ". Run it again with --debug and report what it prints.");
    }
    if (debug) {
      failure.printStackTrace(err);
    }
    err.flush();
    return code.code();
  }
}
