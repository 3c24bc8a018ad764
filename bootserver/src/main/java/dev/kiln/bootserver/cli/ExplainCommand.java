package dev.kiln.bootserver.cli;

import dev.kiln.bootserver.boot.AssignBoot;
import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.ImageCatalogue;
import dev.kiln.bootserver.config.Config;
import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.document.BootDocuments;
import dev.kiln.bootserver.document.BootSnapshot;
import dev.kiln.bootserver.document.ExplainBoot;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.Discovered;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.store.sqlite.StateReader;
import dev.kiln.command.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bootserver explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Says what a machine would get if it booted now, and why.")
final class ExplainCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "MACHINE", description = "A MAC address, or the machine's name.")
  private String machine = "";

  @Override
  public Integer call() {
    ConfigReader.Checked checked = ConfigReader.readOnly(config.file);
    Inventory inventory = checked.inventory().inventory().inventory();
    State state = state(checked.config().directories().state());
    Claims claims = MachineArgument.claims(machine, inventory, state.discovered());
    ImageCatalogue images = new ImageCatalogue(checked.config().directories().images());
    images.scan();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    checked.inventory().broken().forEach(problem -> err.println("not in force: " + problem));
    err.flush();
    explain(checked.config(), inventory, images, state.leases())
        .lines(claims, Instant.now())
        .forEach(out::println);
    out.flush();
    return ExitCode.OK.code();
  }

  private static ExplainBoot explain(
      Config config, Inventory inventory, ImageCatalogue images, List<Lease> leases) {
    BootAddresses addresses = new BootAddresses(config.server());
    return new ExplainBoot(
        new BootSnapshot(
            inventory,
            images.snapshot(),
            new AssignBoot(inventory, images.snapshot(), config.programs(), addresses),
            new BootDocuments(
                addresses, config.subnet().domain(), config.dhcp().map(Config.Dhcp::leaseTime))),
        addresses,
        config.subnet(),
        config.dhcp().map(dhcp -> pool(config, inventory, leases)));
  }

  /** As the server would have it after a start: without what it has offered. */
  private static AddressPool pool(Config config, Inventory inventory, List<Lease> leases) {
    AddressPool pool = new AddressPool(config.subnet());
    pool.reserve(inventory.reservations());
    leases.stream()
        .filter(lease -> lease.subnet().equals(config.subnet().id()))
        .forEach(pool::learn);
    return pool;
  }

  private record State(List<Discovered> discovered, List<Lease> leases) {}

  /** What the server remembers; nothing where it never ran. */
  private static State state(Path directory) {
    if (!StateReader.isIn(directory)) {
      return new State(List.of(), List.of());
    }
    try (StateReader reader = StateReader.open(directory)) {
      return new State(reader.discovered(), reader.leases());
    }
  }
}
