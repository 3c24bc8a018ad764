package dev.kiln.bootserver.config;

import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.machine.CheckedInventory;
import dev.kiln.bootserver.machine.InventoryReader;
import dev.kiln.document.Problems;
import dev.kiln.document.YamlReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the configuration, everything it refers to, and compares all of it with this machine; every
 * problem is named at once, and nothing is opened or written.
 */
public final class ConfigReader {
  private static final Path DEFAULT_LOADERS = Path.of("/usr/lib/ipxe");

  private ConfigReader() {}

  /** A configuration that can be started, with the machines and groups it names. */
  public record Checked(Config config, CheckedInventory inventory) {}

  /** Reads it to start a server with it. */
  public static Checked read(Path file) {
    Problems problems = new Problems();
    return check(document(file, problems), problems);
  }

  /**
   * Reads it to speak about a server that runs elsewhere: another network namespace, another user.
   * This machine's interfaces and the images are not looked at.
   */
  public static Checked readOnly(Path file) {
    Problems problems = new Problems();
    ConfigDocument document = document(file, problems);
    Optional<Subnet> subnet = new NetworkCheck(problems).subnet(document);
    Optional<CheckedInventory> inventory = inventory(document, problems);
    problems.refuseIfAny();
    return new Checked(config(document, subnet.orElseThrow()), inventory.orElseThrow());
  }

  /** Reads the configuration file alone, to compare it with the one that a server runs with. */
  public static Config readConfig(Path file) {
    Problems problems = new Problems();
    ConfigDocument document = document(file, problems);
    Optional<Subnet> subnet = new NetworkCheck(problems).subnet(document);
    problems.refuseIfAny();
    return config(document, subnet.orElseThrow());
  }

  /**
   * Reads machines and groups again for a server that runs with this configuration. An image that
   * is missing refuses nothing here: such a group's machines wait.
   */
  public static CheckedInventory readInventory(Config running) {
    Problems problems = new Problems();
    Config.Directories directories = running.directories();
    Optional<CheckedInventory> inventory =
        new InventoryReader(problems).read(directories.machines(), directories.groups());
    inventory.ifPresent(
        found -> new ReferenceCheck(problems).checkAddresses(found, running.subnet()));
    problems.refuseIfAny();
    return inventory.orElseThrow();
  }

  private static ConfigDocument document(Path file, Problems problems) {
    Path base = file.toAbsolutePath().normalize().getParent();
    Optional<ConfigDocument> document =
        ConfigDocument.decode(YamlReader.read(file), base == null ? file : base, problems);
    problems.refuseIfAny();
    return document.orElseThrow();
  }

  private static Checked check(ConfigDocument document, Problems problems) {
    Optional<Subnet> subnet = new NetworkCheck(problems).subnet(document);
    new HostCheck(problems).check(document);
    Optional<CheckedInventory> inventory = Optional.empty();
    if (HostCheck.inventoryExists(document)) {
      inventory = inventory(document, problems);
      inventory.ifPresent(found -> new ReferenceCheck(problems).check(document, subnet, found));
    }
    problems.refuseIfAny();
    return new Checked(config(document, subnet.orElseThrow()), inventory.orElseThrow());
  }

  private static Optional<CheckedInventory> inventory(ConfigDocument document, Problems problems) {
    return new InventoryReader(problems)
        .read(document.directories().machines().value(), document.directories().groups().value());
  }

  static Path loaderDirectory(ConfigDocument document) {
    return document.loaders().directory().map(d -> d.value()).orElse(DEFAULT_LOADERS);
  }

  private static Config config(ConfigDocument document, Subnet subnet) {
    ConfigDocument.Network network = document.network();
    ConfigDocument.Directories directories = document.directories();
    return new Config(
        network.interfaceName().value(),
        subnet,
        document.dhcp().enabled()
            ? Optional.of(new Config.Dhcp(document.dhcp().leaseTime()))
            : Optional.empty(),
        document.tftp(),
        new Config.Http(
            document.http().address().orElse(network.address().value()), document.http().port()),
        new Config.Directories(
            directories.images().value(),
            directories.state().value(),
            directories.machines().value(),
            directories.groups().value()),
        new Config.LoaderFiles(
            loaderDirectory(document), document.loaders().bios(), document.loaders().uefi()));
  }
}
