package dev.kiln.bootserver.cli;

import dev.kiln.bootserver.health.Breakdown;
import dev.kiln.command.BuildVersion;
import dev.kiln.command.Commands;
import dev.kiln.command.ExitCode;
import dev.kiln.command.Program;
import picocli.CommandLine.Command;

/** The program {@code bootserver}. */
@Command(
    name = "bootserver",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    description = "Boots machines over the network with images that 'builder bake' wrote.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 defect of bootserver, 2 wrong command line, 3 wrong input,",
      "4 something needed does not answer, 5 this machine refused, 6 not supported."
    })
public final class BootServer extends Program {
  BootServer() {
    super(
        Commands.of(
            ServeCommand.class,
            CheckCommand.class,
            MachinesCommand.class,
            TimelineCommand.class,
            ExplainCommand.class));
  }

  public static void main(String[] arguments) {
    System.exit(new BootServer().run(arguments));
  }

  /** A server that was told to end by a signal, and did, has not failed: its exit code is 0. */
  static void whenToldToEnd(Runnable close) {
    Runtime runtime = Runtime.getRuntime();
    runtime.addShutdownHook(
        new Thread(
            () -> {
              close.run();
              runtime.halt(ExitCode.OK.code());
            },
            "end"));
  }

  /** An error that ends any thread ends the process: without a word to whoever may be broken. */
  static void endWhereItCannotGoOn() {
    Thread.setDefaultUncaughtExceptionHandler(new Breakdown(Runtime.getRuntime()::halt));
  }

  boolean debugging() {
    return debug();
  }
}
