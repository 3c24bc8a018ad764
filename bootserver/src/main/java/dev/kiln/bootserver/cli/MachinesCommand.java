package dev.kiln.bootserver.cli;

import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.Discovered;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.bootserver.machine.Recognition;
import dev.kiln.bootserver.store.sqlite.StateReader;
import dev.kiln.command.ExitCode;
import dev.kiln.document.Json;
import dev.kiln.failure.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bootserver machines}. */
@Command(
    name = "machines",
    mixinStandardHelpOptions = true,
    description = "Lists approved machines, and cards that were seen but belong to none of them.")
final class MachinesCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /**
   * One line.
   *
   * @param state {@code approved}, {@code discovered} or {@code broken}
   * @param machine its name; of a broken file what is wrong with it
   */
  record Line(
      String state, String mac, String machine, String group, String uuid, String lastSeen) {}

  @Override
  public Integer call() {
    ConfigReader.Checked checked = ConfigReader.readOnly(config.file);
    List<Line> lines;
    try (StateReader state = StateReader.open(checked.config().directories().state())) {
      lines = lines(checked.inventory().inventory().inventory(), state.discovered());
    }
    checked.inventory().broken().forEach(problem -> lines.add(broken(problem)));
    spec.commandLine().getOut().print(json ? json(lines) : table(lines));
    spec.commandLine().getOut().flush();
    return ExitCode.OK.code();
  }

  private static List<Line> lines(Inventory inventory, List<Discovered> discovered) {
    List<Line> lines = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Discovered card : discovered) {
      Recognition recognition = inventory.recognize(card.claims());
      Optional<Machine> machine =
          recognition instanceof Recognition.Known known
              ? Optional.of(known.machine())
              : Optional.empty();
      machine.ifPresent(found -> seen.add(found.name()));
      lines.add(line(card.claims(), machine, inventory, card.lastSeen().toString()));
    }
    for (Machine machine : inventory.machines()) {
      if (!seen.contains(machine.name())) {
        machine.macs().stream()
            .findFirst()
            .ifPresent(
                mac -> lines.add(line(Claims.of(mac), Optional.of(machine), inventory, "never")));
      }
    }
    return lines;
  }

  private static Line line(
      Claims claims, Optional<Machine> machine, Inventory inventory, String lastSeen) {
    return new Line(
        machine.isPresent() ? "approved" : "discovered",
        claims.mac().toString(),
        machine.map(Machine::name).orElse("-"),
        machine.flatMap(inventory::groupOf).map(group -> group.id()).orElse("-"),
        claims.uuid().map(Object::toString).orElse("-"),
        lastSeen);
  }

  private static Line broken(Problem problem) {
    return new Line("broken", "-", problem.toString(), "-", "-", "-");
  }

  private static String json(List<Line> lines) {
    return new String(Json.write(lines), StandardCharsets.UTF_8);
  }

  private static String table(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    String row = "%-11s %-17s  %-20s %-16s %-36s %s%n";
    text.append(row.formatted("STATE", "MAC", "MACHINE", "GROUP", "UUID", "LAST SEEN"));
    for (Line line : lines) {
      if (line.state().equals("broken")) {
        text.append("broken      ").append(line.machine()).append('\n');
        continue;
      }
      text.append(
          row.formatted(
              line.state(),
              line.mac(),
              line.machine(),
              line.group(),
              line.uuid(),
              line.lastSeen()));
    }
    return text.toString();
  }
}
