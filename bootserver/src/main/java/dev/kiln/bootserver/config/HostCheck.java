package dev.kiln.bootserver.config;

import dev.kiln.bootserver.boot.LoaderName;
import dev.kiln.bootserver.net.InterfaceName;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.LocalInterface;
import dev.kiln.document.Located;
import dev.kiln.document.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Compares the configuration with this machine: its interfaces, directories and files. */
final class HostCheck {
  private final Problems problems;

  HostCheck(Problems problems) {
    this.problems = problems;
  }

  static boolean inventoryExists(ConfigDocument document) {
    return Files.isDirectory(document.directories().machines().value())
        && Files.isDirectory(document.directories().groups().value());
  }

  void check(ConfigDocument document) {
    ConfigDocument.Directories directories = document.directories();
    checkInterface(document.network());
    checkDirectory(directories.images(), "images");
    checkDirectory(directories.machines(), "machines");
    checkDirectory(directories.groups(), "groups");
    checkState(directories.state());
    if (document.dhcp().enabled() || document.tftp()) {
      checkLoaders(document);
    }
  }

  private void checkInterface(ConfigDocument.Network network) {
    InterfaceName name = network.interfaceName().value();
    Optional<LocalInterface> card = LocalInterface.find(name);
    if (card.isEmpty()) {
      problems.add(
          network.interfaceName().where(),
          "this machine has no network interface '" + name + "'",
          "Run 'ip link' to see their names");
      return;
    }
    Ipv4Address address = network.address().value();
    List<Ipv4Address> addresses = card.get().addresses();
    if (!addresses.contains(address)) {
      problems.add(
          network.address().where(),
          name + " does not have the address " + address + "; it has " + shown(addresses),
          "Add it with 'ip address add', or write one that it has");
    }
  }

  private static String shown(List<Ipv4Address> addresses) {
    return addresses.isEmpty() ? "none" : addresses.toString();
  }

  private void checkDirectory(Located<Path> directory, String what) {
    if (!Files.isDirectory(directory.value())) {
      problems.add(
          directory.where(),
          "there is no directory " + directory.value() + " for the " + what,
          "Make it, or write where it is");
    } else if (!Files.isReadable(directory.value()) || !Files.isExecutable(directory.value())) {
      problems.add(
          directory.where(),
          "the directory " + directory.value() + " cannot be read by this user",
          "Allow it, or start the server as another user");
    }
  }

  private void checkState(Located<Path> state) {
    if (!Files.isDirectory(state.value()) || !Files.isWritable(state.value())) {
      problems.add(
          state.where(),
          "the state directory " + state.value() + " cannot be written by this user",
          "Make it with 'install -d -m 0700 " + state.value() + "'");
    }
  }

  private void checkLoaders(ConfigDocument document) {
    Path directory = ConfigReader.loaderDirectory(document);
    for (LoaderName name : List.of(document.loaders().bios(), document.loaders().uefi())) {
      Path file = directory.resolve(name.text());
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        problems.add(
            document
                .loaders()
                .directory()
                .map(Located::where)
                .orElse(document.network().interfaceName().where()),
            "there is no iPXE binary " + file,
            "Install Debian's package ipxe, or set 'loaders'");
      }
    }
  }
}
