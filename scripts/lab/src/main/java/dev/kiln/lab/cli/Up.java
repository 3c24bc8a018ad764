package dev.kiln.lab.cli;

import dev.kiln.failure.KilnException;
import dev.kiln.lab.process.Child;
import dev.kiln.lab.process.JavaProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lab up}: starts a keeper in the background and returns when the machines have power. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts a lab: network, boot server, machines. It stays until 'lab down'.")
final class Up implements Callable<Integer> {
  private static final Duration GRACE = Duration.ofSeconds(30);

  @Mixin private LabOption lab = new LabOption();
  @Mixin private PlanOptions options = new PlanOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    options.plan();
    Child keeper = Child.start(JavaProgram.again(Lab.class, keeperArguments()).inOwnSession());
    Thread onInterrupt = new Thread(() -> keeper.stop(GRACE));
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    if (!showUntilReady(keeper, spec.commandLine().getOut())) {
      return keeper.onExit().join();
    }
    Runtime.getRuntime().removeShutdownHook(onInterrupt);
    return 0;
  }

  private List<String> keeperArguments() {
    List<String> words = new ArrayList<>(List.of("keep"));
    words.addAll(lab.arguments());
    words.addAll(options.arguments());
    return words;
  }

  private static boolean showUntilReady(Child keeper, PrintWriter out) {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(keeper.output(), StandardCharsets.UTF_8));
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(line);
        out.flush();
        if (line.equals(Keep.READY)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw KilnException.io("read what the lab's keeper says", e);
    }
  }
}
