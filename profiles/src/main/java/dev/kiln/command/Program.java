package dev.kiln.command;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

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
    line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    return line.execute(arguments);
  }

  protected final boolean debug() {
    return debug;
  }

  private static void explain(KilnException failure, CommandLine command) {
    if (failure.explanation().isEmpty() || !(command.getCommand() instanceof Explaining asked)) {
      return;
    }
    if (asked.explains()) {
      failure.explanation().forEach(line -> command.getErr().println("  " + line));
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
    if (failure instanceof KilnException known) {
      code = ExitCode.of(known.kind());
      for (Problem problem : known.problems()) {
        err.println(program + ": " + problem);
      }
      explain(known, command);
    } else {
      err.println(
          program
              + ": this is a defect of "
              + program
              + ": "
              + failure
              + ". Run it again with --debug and report what it prints.");
    }
    if (debug) {
      failure.printStackTrace(err);
    }
    err.flush();
    return code.code();
  }
}
