package dev.kiln.bootserver.config;

import dev.kiln.bootserver.boot.ImageCatalogue;
import dev.kiln.bootserver.machine.CheckedInventory;
import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.document.Located;
import dev.kiln.document.Problems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares machines and groups with the network and the images they name. */
final class ReferenceCheck {
  private final Problems problems;

  ReferenceCheck(Problems problems) {
    this.problems = problems;
  }

  void check(ConfigDocument document, CheckedInventory inventory) {
    inventory.machines().forEach(machine -> checkAddress(machine, document.network()));
    Path images = document.directories().images().value();
    if (Files.isDirectory(images)) {
      ImageCatalogue catalogue = new ImageCatalogue(images);
      catalogue.scan();
      inventory.groups().forEach(group -> checkImage(group, catalogue));
    }
  }

  private void checkAddress(Located<Machine> machine, ConfigDocument.Network network) {
    Ipv4Network subnet = network.subnet().value();
    machine
        .value()
        .address()
        .ifPresent(
            address -> {
              if (!subnet.hasHost(address)) {
                problems.add(
                    machine.where(),
                    "the address " + address + " is no machine's in " + subnet,
                    "Reserve an address of the subnet");
              } else if (isTaken(address, network)) {
                problems.add(
                    machine.where(),
                    "the address " + address + " is the server's or the router's",
                    "Reserve another one");
              }
            });
  }

  private static boolean isTaken(Ipv4Address address, ConfigDocument.Network network) {
    return address.equals(network.address().value())
        || network.router().filter(address::equals).isPresent();
  }

  private void checkImage(Located<Group> group, ImageCatalogue catalogue) {
    String name = group.value().image();
    if (catalogue.snapshot().find(name).isEmpty()) {
      String why = catalogue.snapshot().refusal(name).orElse("there is no image '" + name + "'");
      problems.add(
          group.where(), why, "Bake it into " + catalogue.directory() + ", or name another image");
    }
  }
}
