package dev.kiln.bootserver.boot;

import dev.kiln.bootserver.dhcp.Lease;
import dev.kiln.bootserver.dhcp.Subnet;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.bootserver.machine.Recognition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in words what a machine would get now, and why; decided by the same code that serves it. */
public final class ExplainBoot {
  private final Inventory inventory;
  private final ImageCatalogue.Snapshot images;
  private final BootAddresses addresses;
  private final Network network;

  /**
   * What DHCP would say.
   *
   * @param ownDhcp whether this server gives the addresses
   * @param biosLoader the address of the BIOS loader
   * @param uefiLoader the address of the UEFI loader by TFTP
   * @param httpLoader the name of the UEFI loader by HTTP
   */
  public record Network(
      boolean ownDhcp,
      Subnet subnet,
      List<Lease> leases,
      String biosLoader,
      String uefiLoader,
      String httpLoader) {}

  public ExplainBoot(
      Inventory inventory,
      ImageCatalogue.Snapshot images,
      BootAddresses addresses,
      Network network) {
    this.inventory = inventory;
    this.images = images;
    this.addresses = addresses;
    this.network = network;
  }

  public List<String> lines(Claims claims) {
    List<String> lines = new ArrayList<>();
    Recognition recognition = inventory.recognize(claims);
    explainMachine(claims, recognition, lines);
    if (recognition instanceof Recognition.Known known) {
      explainGroups(known.machine(), lines);
    }
    explainAddress(claims, recognition, lines);
    explainLoaders(lines);
    explainScript(claims, lines);
    return lines;
  }

  private static void explainMachine(Claims claims, Recognition recognition, List<String> lines) {
    line(lines, "card", claims.mac().toString());
    claims.uuid().ifPresent(uuid -> line(lines, "claims", "uuid " + uuid));
    claims.serial().ifPresent(serial -> line(lines, "claims", "serial number " + serial));
    if (recognition instanceof Recognition.Known known) {
      line(lines, "machine", known.machine().name() + " " + known.machine().labels());
    } else if (recognition instanceof Recognition.Unknown unknown) {
      line(lines, "machine", "unknown: " + unknown.reason());
    }
  }

  private void explainGroups(Machine machine, List<String> lines) {
    Optional<Group> chosen = inventory.groupOf(machine);
    for (Group group : inventory.groups()) {
      Optional<String> mismatch = group.selector().mismatch(machine);
      String verdict;
      if (mismatch.isPresent()) {
        verdict = "no: " + mismatch.get();
      } else if (chosen.filter(group::equals).isPresent()) {
        verdict = "chosen: " + group.selector();
      } else {
        verdict = "no: it fits, but names fewer labels";
      }
      String role = group.role().map(text -> ", role " + text).orElse("");
      line(lines, "group", group.id() + role + ", " + verdict);
    }
    chosen.ifPresent(group -> line(lines, "image", image(group)));
  }

  private String image(Group group) {
    return images
        .find(group.image())
        .map(image -> group.image() + ", " + image.id())
        .orElse(group.image() + ", which is not served");
  }

  private void explainAddress(Claims claims, Recognition recognition, List<String> lines) {
    Optional<Lease> lease =
        network.leases().stream().filter(l -> l.belongsTo(claims.mac())).findFirst();
    lease.ifPresent(held -> line(lines, "lease", held.address() + " until " + held.until()));
    if (!network.ownDhcp()) {
      line(lines, "address", "by another DHCP server");
    } else if (recognition instanceof Recognition.Known known
        && known.machine().address().isPresent()
        && known.machine().macs().get(0).equals(claims.mac())) {
      line(lines, "address", known.machine().address().get() + ", reserved");
    } else {
      line(
          lines,
          "address",
          network
              .subnet()
              .pool()
              .map(pool -> "one of the pool " + pool)
              .orElse("none: it has no reservation, and there is no pool"));
    }
  }

  private void explainLoaders(List<String> lines) {
    line(lines, "BIOS PXE", network.biosLoader());
    line(lines, "UEFI PXE", network.uefiLoader());
    line(lines, "UEFI HTTP", addresses.loader(network.httpLoader()).toString());
    line(lines, "iPXE", addresses.entry().toString());
  }

  private void explainScript(Claims claims, List<String> lines) {
    Assignment assignment = new AssignBoot(() -> inventory, () -> images, addresses).assign(claims);
    if (assignment instanceof Assignment.Waits waits) {
      line(lines, "boots", "no: " + waits.reason());
    } else {
      line(lines, "boots", "yes");
    }
    String script = new BootDocuments(addresses, network.subnet().domain()).script(assignment);
    script.lines().forEach(text -> line(lines, "script", text));
  }

  private static void line(List<String> lines, String what, String words) {
    lines.add("%-10s %s".formatted(what, words));
  }
}
