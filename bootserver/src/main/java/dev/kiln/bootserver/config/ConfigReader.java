package dev.kiln.bootserver.config;

import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.machine.InventoryFiles;
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

  /**
   * A configuration, with the machines and groups it names.
   *
   * @param files where they come from, to be looked at again
   */
  public record Checked(Config config, InventoryFiles files, InventoryFiles.Look inventory) {}

  /** Reads it as strictly as it can be read: machines, groups and images as well. */
  public static Checked read(Path file) {
    Problems problems = new Problems();
    ConfigDocument document = document(file, problems);
    Optional<Subnet> subnet = new NetworkCheck(problems).subnet(document);
    new HostCheck(problems).check(document);
    if (HostCheck.inventoryExists(document)) {
      InventoryFiles.Look look = files(document, subnet).look();
      look.broken().forEach(problems::add);
      new ReferenceCheck(problems).checkImages(document, look.inventory());
    }
    problems.refuseIfAny();
    return checked(document, subnet.orElseThrow());
  }

  /**
   * Reads it to start a server with it. Machines and groups of which a file is wrong are left out:
   * one of them must not keep all others from booting.
   */
  public static Checked readToServe(Path file) {
    Problems problems = new Problems();
    ConfigDocument document = document(file, problems);
    Optional<Subnet> subnet = new NetworkCheck(problems).subnet(document);
    new HostCheck(problems).check(document);
    problems.refuseIfAny();
    return checked(document, subnet.orElseThrow());
  }

  /**
   * Reads it to speak about a server that runs elsewhere: another network namespace, another user.
   * This machine's interfaces and the images are not looked at.
   */
  public static Checked readOnly(Path file) {
    Problems problems = new Problems();
    ConfigDocument document = document(file, problems);
    Optional<Subnet> subnet = new NetworkCheck(problems).subnet(document);
    problems.refuseIfAny();
    return checked(document, subnet.orElseThrow());
  }

  private static Checked checked(ConfigDocument document, Subnet subnet) {
    InventoryFiles files = files(document, Optional.of(subnet));
    return new Checked(config(document, subnet), files, files.look());
  }

  private static InventoryFiles files(ConfigDocument document, Optional<Subnet> subnet) {
    return new InventoryFiles(
        document.directories().machines().value(),
        document.directories().groups().value(),
        (inventory, problems) ->
            subnet.ifPresent(
                network -> new ReferenceCheck(problems).checkAddresses(inventory, network)));
  }

  /** Reads the configuration file alone, to compare it with the one that a server runs with. */
  public static Config readConfig(Path file) {
    Problems problems = new Problems();
    ConfigDocument document = document(file, problems);
    Optional<Subnet> subnet = new NetworkCheck(problems).subnet(document);
    problems.refuseIfAny();
    return config(document, subnet.orElseThrow());
  }

  private static ConfigDocument document(Path file, Problems problems) {
    Path base = file.toAbsolutePath().normalize().getParent();
    Optional<ConfigDocument> document =
        ConfigDocument.decode(YamlReader.read(file), base == null ? file : base, problems);
    problems.refuseIfAny();
    return document.orElseThrow();
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
