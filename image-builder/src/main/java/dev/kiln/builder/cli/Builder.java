package dev.kiln.builder.cli;

import dev.kiln.command.BuildVersion;
import dev.kiln.command.Commands;
import dev.kiln.command.Program;
import picocli.CommandLine.Command;

/** The program {@code builder}. */
@Command(
    name = "builder",
    description = "Bakes immutable Kubernetes node images.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done as asked",
      "1:a defect of builder itself",
      "2:the command line is wrong",
      "3:a file, a value or received data is wrong",
      "4:a mirror, a tool or a build does not answer or fails",
      "5:this machine refused: disk, memory, permissions",
      "6:understood, but cannot be done here"
    })
public final class Builder extends Program {
  private Builder() {
    super(
        Commands.of(
            CheckCommand.class,
            LockCommand.class,
            BakeCommand.class,
            VerifyCommand.class,
            InspectCommand.class,
            KeygenCommand.class,
            SignCommand.class,
            CacheCommand.class));
  }

  /** Starts the program. */
  public static void main(String[] arguments) {
    System.exit(new Builder().run(arguments));
  }
}
