package dev.kiln.lab.cli;

import dev.kiln.command.BuildVersion;
import dev.kiln.command.Commands;
import dev.kiln.command.Program;
import picocli.CommandLine.Command;

/** The program {@code lab}: boots machines with an image, in a network of their own. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    description = "Boots virtual machines with a baked image, over a network of their own.",
    footer = {
      "",
      "Exit codes: 0 done, 1 a defect of lab, 2 wrong command line, 3 wrong input,",
      "4 something needed does not answer, 5 this machine refused, 6 unsupported.",
    })
public final class Lab extends Program {
  private Lab() {
    super(
        Commands.of(Up.class, Status.class, ShowConsole.class, Ssh.class, Down.class, Keep.class));
  }

  /** The program's start. */
  public static void main(String[] arguments) {
    System.exit(new Lab().run(arguments));
  }
}
