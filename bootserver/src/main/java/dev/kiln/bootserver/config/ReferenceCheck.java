package dev.kiln.bootserver.config;

import dev.kiln.bootserver.boot.ImageCatalogue;
import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.machine.CheckedInventory;
import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.ImageName;
import dev.kiln.bootserver.machine.Machine;
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

  /** Looks for the images that groups name. */
  void checkImages(ConfigDocument document, CheckedInventory inventory) {
    Path images = document.directories().images().value();
    if (Files.isDirectory(images)) {
      ImageCatalogue catalogue = new ImageCatalogue(images);
      catalogue.scan();
      inventory.groups().forEach(group -> checkImage(group, catalogue));
    }
  }

  /** Compares the reserved addresses with the network that they are in. */
  void checkAddresses(CheckedInventory inventory, Subnet subnet) {
    for (Located<Machine> machine : inventory.machines()) {
      machine
          .value()
          .address()
          .flatMap(subnet::whyNotFor)
          .ifPresent(
              why -> problems.add(machine.where(), why, "Reserve another address of the subnet"));
    }
  }

  private void checkImage(Located<Group> group, ImageCatalogue catalogue) {
    for (ImageName image : group.value().image().all()) {
      catalogue
          .snapshot()
          .whyNot(image)
          .ifPresent(
              why ->
                  problems.add(
                      group.where(),
                      why,
                      "Bake it into " + catalogue.directory() + ", or name another image"));
    }
  }
}
