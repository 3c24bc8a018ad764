package dev.kiln.command;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
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

  /** Parses, runs, and returns the exit code. */
  public final int run(String... arguments) {
    CommandLine line = new CommandLine(this);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Path.class, Program::path);
    line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    return line.execute(arguments);
  }

  protected final boolean debug() {
    return debug;
  }

  /** An empty one would be the working directory, which nobody means by it. */
  private static Path path(String value) {
    if (value.isBlank()) {
      throw new TypeConversionException("'" + value + "' is no path");
    }
    return Path.of(value);
  }

  private int report(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    String program = command.getCommandSpec().root().name();
    ExitCode code = ExitCode.BUG;
    if (failure instanceof KilnException known) {
      code = ExitCode.of(known.kind());
      for (Problem problem : known.problems()) {
        err.println(program + ": " + problem);
      }
    } else {
      // A class's name says something to whoever mends it, and that one sees the stack trace.
      String words = failure.getMessage() == null ? "" : ": " + failure.getMessage();
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
