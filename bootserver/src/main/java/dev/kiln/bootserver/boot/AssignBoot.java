package dev.kiln.bootserver.boot;

import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.bootserver.machine.Recognition;
import dev.kiln.node.boot.KernelCommandLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides what a machine boots: its file, its group, the group's image. */
public final class AssignBoot {
  private final Supplier<Inventory> inventory;
  private final Supplier<ImageCatalogue.Snapshot> images;
  private final BootAddresses addresses;

  public AssignBoot(
      Supplier<Inventory> inventory,
      Supplier<ImageCatalogue.Snapshot> images,
      BootAddresses addresses) {
    this.inventory = inventory;
    this.images = images;
    this.addresses = addresses;
  }

  /** Whether these claims lead to a machine that has a file. */
  public boolean recognizes(Claims claims) {
    return inventory.get().recognize(claims) instanceof Recognition.Known;
  }

  public Assignment assign(Claims claims) {
    Inventory known = inventory.get();
    Recognition recognition = known.recognize(claims);
    if (recognition instanceof Recognition.Unknown unknown) {
      return waits(claims, unknown.reason());
    }
    Machine machine = ((Recognition.Known) recognition).machine();
    Optional<Group> group = known.groupOf(machine);
    if (group.isEmpty()) {
      return waits(claims, "no group chooses " + machine.name());
    }
    ImageCatalogue.Snapshot served = images.get();
    String name = group.get().image();
    Optional<PublishedImage> image = served.find(name);
    if (image.isEmpty()) {
      return waits(claims, served.whyNot(name).orElseThrow());
    }
    return boots(claims.mac(), machine, group.get(), image.get());
  }

  private Assignment boots(MacAddress mac, Machine machine, Group group, PublishedImage image) {
    try {
      return new Assignment.Boots(mac, machine, group, image, commandLine(mac, group, image));
    } catch (IllegalArgumentException e) {
      return new Assignment.Waits(mac, String.valueOf(e.getMessage()));
    }
  }

  /** The image's own arguments first, unbroken, as in a unified kernel image; then the server's. */
  private KernelCommandLine commandLine(MacAddress mac, Group group, PublishedImage image) {
    List<String> arguments = new ArrayList<>(image.manifest().commandLine());
    // UEFI kernels take the initrd by the name that iPXE gave it.
    arguments.add("initrd=initrd");
    arguments.add("kiln.url=" + addresses.image(image.id()));
    // 01 is ARP's hardware type of Ethernet, as pxelinux writes it.
    arguments.add("BOOTIF=01-" + mac.hyphens());
    // cloud-init before 24.1 reads HTTP seeds under this name only; later ones know it still.
    arguments.add("ds=nocloud-net;s=" + addresses.seed(mac));
    arguments.addAll(group.kernelArguments());
    return new KernelCommandLine(arguments);
  }

  private static Assignment waits(Claims claims, String reason) {
    return new Assignment.Waits(claims.mac(), reason);
  }
}
