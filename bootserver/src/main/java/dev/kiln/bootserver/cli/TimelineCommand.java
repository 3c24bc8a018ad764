package dev.kiln.bootserver.cli;

import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.StoredEvent;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.bootserver.store.sqlite.StateReader;
import dev.kiln.command.ExitCode;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bootserver timeline}. */
@Command(
    name = "timeline",
    mixinStandardHelpOptions = true,
    description = "Prints what happened to a machine, from DHCP to cloud-init's last stage.")
final class TimelineCommand implements Callable<Integer> {
  private static final int PAGE = 500;
  private static final Duration POLL = Duration.ofMillis(500);

  @Mixin private ConfigOption config = new ConfigOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "MACHINE", description = "The machine's name, or a MAC address.")
  private String machine = "";

  @Option(names = "--follow", description = "Go on with what happens from now on.")
  private boolean follow;

  @Option(
      names = "--until",
      paramLabel = "STEP",
      description =
          "End with 0 if the latest boot has this step, such as 'up', and with 4 if it has not; with"
              + " --follow, when it has.")
  private Optional<String> until = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "With --until: give up after so long (default: never).")
  private long timeoutSeconds;

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    refuseUnlessSteps();
    ConfigReader.Checked checked = ConfigReader.readOnly(config.file);
    PrintWriter out = spec.commandLine().getOut();
    TimelinePrinter printer = json ? TimelinePrinter.json(out) : TimelinePrinter.text(out);
    try (StateReader state = StateReader.open(checked.config().directories().state())) {
      run(checked.inventory().inventory().inventory(), state, new BootProgress(), printer);
    }
    return ExitCode.OK.code();
  }

  private void run(
      Inventory inventory, StateReader state, BootProgress progress, TimelinePrinter printer)
      throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(timeoutSeconds);
    long last = 0;
    while (true) {
      List<MacAddress> cards = MachineArgument.cards(machine, inventory, state.discovered());
      List<StoredEvent> events = page(state, cards, last);
      for (StoredEvent stored : events) {
        last = stored.number();
        progress.take(stored);
        printer.print(stored, progress);
      }
      if (events.size() == PAGE) {
        continue;
      }
      if (until.isEmpty() ? !follow : reached(progress)) {
        return;
      }
      refuseWhenHopeless(progress, deadline);
      Thread.sleep(POLL.toMillis());
    }
  }

  private static List<StoredEvent> page(StateReader state, List<MacAddress> cards, long after) {
    try {
      return state.timeline().read(cards, after, PAGE).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof KilnException known ? known : e;
    }
  }

  private void refuseUnlessSteps() {
    if (until.isPresent() && Step.named(until.get()).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--until: there is no step '"
              + Shown.of(until.get(), 40)
              + "'. Steps are: "
              + String.join(", ", Step.labels()));
    }
    if (timeoutSeconds > 0 && (until.isEmpty() || !follow)) {
      throw new ParameterException(
          spec.commandLine(), "--timeout is for --follow --until STEP, which waits for a step");
    }
  }

  private boolean reached(BootProgress progress) {
    return until.flatMap(Step::named).filter(progress::has).isPresent();
  }

  private void refuseWhenHopeless(BootProgress progress, Instant deadline) {
    if (until.isPresent() && progress.has(Step.FAILED)) {
      throw KilnException.dependency(
          machine + " did not come up: cloud-init ended with errors",
          "Read its reports above, and /var/log/cloud-init.log on the machine");
    }
    if (until.isPresent() && !follow) {
      throw notReached("", progress);
    }
    if (until.isPresent() && timeoutSeconds > 0 && Instant.now().isAfter(deadline)) {
      throw notReached(" in " + timeoutSeconds + " s", progress);
    }
  }

  private KilnException notReached(String when, BootProgress progress) {
    return KilnException.dependency(
        machine
            + " did not reach '"
            + until.orElseThrow()
            + "'"
            + when
            + "; its last step was "
            + progress.last().map(event -> event.step().label()).orElse("none at all"),
        "Look at its console, and at 'bootserver explain " + machine + "'");
  }
}
