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
import java.util.Optional;

/** Compares machines and groups with the network and the images they name. */
final class ReferenceCheck {
  private final Problems problems;

  ReferenceCheck(Problems problems) {
    this.problems = problems;
  }

  void check(ConfigDocument document, CheckedInventory inventory) {
    ConfigDocument.Network network = document.network();
    checkAddresses(
        inventory, network.subnet().value(), network.address().value(), network.router());
    Path images = document.directories().images().value();
    if (Files.isDirectory(images)) {
      ImageCatalogue catalogue = new ImageCatalogue(images);
      catalogue.scan();
      inventory.groups().forEach(group -> checkImage(group, catalogue));
    }
  }

  /** Compares the reserved addresses with the network that they are in. */
  void checkAddresses(
      CheckedInventory inventory,
      Ipv4Network subnet,
      Ipv4Address server,
      Optional<Ipv4Address> router) {
    for (Located<Machine> machine : inventory.machines()) {
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
                } else if (address.equals(server) || router.filter(address::equals).isPresent()) {
                  problems.add(
                      machine.where(),
                      "the address " + address + " is the server's or the router's",
                      "Reserve another one");
                }
              });
    }
  }

  private void checkImage(Located<Group> group, ImageCatalogue catalogue) {
    catalogue
        .snapshot()
        .whyNot(group.value().image())
        .ifPresent(
            why ->
                problems.add(
                    group.where(),
                    why,
                    "Bake it into " + catalogue.directory() + ", or name another image"));
  }
}
