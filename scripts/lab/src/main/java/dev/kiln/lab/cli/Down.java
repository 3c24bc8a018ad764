package dev.kiln.lab.cli;

import dev.kiln.lab.lifecycle.EndLab;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lab down}. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Ends a lab, or what is left of one that was killed. Its logs stay.")
final class Down implements Callable<Integer> {
  @Mixin private LabOption lab = new LabOption();

  @Override
  public Integer call() {
    EndLab.run(lab.directory());
    return 0;
  }
}
