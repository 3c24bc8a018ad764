package dev.kiln.bootserver.document;

import static dev.kiln.bootserver.boot.ClientArchitecture.UEFI_ARM64;
import static dev.kiln.bootserver.boot.ClientArchitecture.UEFI_X64;

import dev.kiln.bootserver.boot.Asker;
import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.boot.BootRequest;
import dev.kiln.bootserver.boot.ClientArchitecture;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.Reservation;
import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.ImageName;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.bootserver.machine.Recognition;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in words what a machine would get now, and why; decided by the same code that serves it. */
public final class ExplainBoot {
  private final BootSnapshot current;
  private final BootAddresses addresses;
  private final Subnet subnet;
  private final Optional<AddressPool> pool;

  /**
   * Explains one server.
   *
   * @param pool who has which address; empty where another server gives them
   */
  public ExplainBoot(
      BootSnapshot current, BootAddresses addresses, Subnet subnet, Optional<AddressPool> pool) {
    this.current = current;
    this.addresses = addresses;
    this.subnet = subnet;
    this.pool = pool;
  }

  /** The explanation for who claims this, at this time. */
  public List<String> lines(Claims claims, Instant now) {
    List<String> lines = new ArrayList<>();
    Recognition recognition = current.inventory().recognize(claims);
    explainMachine(claims, recognition, lines);
    if (recognition instanceof Recognition.Known known) {
      explainGroups(known.machine(), lines);
    }
    explainAddress(ClientId.of(claims.mac()), now, lines);
    explainFirmware(claims, lines);
    explainScript(claims, recognition, lines);
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
    Optional<Group> chosen = current.inventory().groupOf(machine);
    for (Group group : current.inventory().groups()) {
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
    chosen.ifPresent(group -> line(lines, "image", images(group)));
  }

  private String images(Group group) {
    return group.image().all().stream().map(this::image).collect(Collectors.joining("; "));
  }

  private String image(ImageName name) {
    return current
        .images()
        .find(name)
        .map(image -> name + ", " + image.id() + ", " + image.manifest().architecture())
        .orElse(name + ", which is not served");
  }

  private void explainAddress(ClientId client, Instant now, List<String> lines) {
    if (pool.isEmpty()) {
      line(lines, "address", "by another DHCP server");
      return;
    }
    AddressPool leased = pool.get();
    leased
        .leaseOf(client)
        .ifPresent(held -> line(lines, "lease", held.address() + " until " + held.until()));
    Optional<Ipv4Address> reserved = leased.reservation(client).map(Reservation::address);
    line(
        lines,
        "address",
        leased
            .choose(client, Optional.empty(), now)
            .map(address -> address + why(address, reserved))
            .orElseGet(this::noAddress));
  }

  private String why(Ipv4Address address, Optional<Ipv4Address> reserved) {
    if (reserved.filter(address::equals).isPresent()) {
      return ", reserved";
    }
    String from = subnet.pool().map(range -> ", of the pool " + range).orElse("");
    return from + reserved.map(own -> "; " + own + ", reserved, is another's now").orElse("");
  }

  private String noAddress() {
    return subnet
        .pool()
        .map(range -> "none: the pool " + range + " has no free one")
        .orElse("none: it has no reservation, and there is no pool");
  }

  private void explainFirmware(Claims claims, List<String> lines) {
    firmware(lines, "BIOS PXE", request(claims, Asker.PXE, ClientArchitecture.BIOS));
    firmware(lines, "UEFI PXE", request(claims, Asker.PXE, UEFI_X64));
    firmware(
        lines, "UEFI HTTP", request(claims, Asker.HTTP_BOOT, ClientArchitecture.UEFI_X64_HTTP));
    firmware(lines, "iPXE", request(claims, Asker.IPXE, UEFI_X64));
  }

  private void firmware(List<String> lines, String what, BootRequest request) {
    BootPlan plan = current.assign().assign(request);
    if (plan instanceof BootPlan.Load load) {
      line(
          lines,
          what,
          switch (load.by()) {
            case TFTP -> "tftp://" + subnet.server() + "/" + load.program();
            case HTTP -> addresses.loader(load.program()).toString();
          });
    } else if (plan instanceof BootPlan.Identify) {
      line(lines, what, addresses.entry().toString());
    } else {
      line(lines, what, "nothing: " + plan.why());
    }
  }

  private void explainScript(Claims claims, Recognition recognition, List<String> lines) {
    for (ClientArchitecture architecture : architectures(recognition)) {
      explainScript(request(claims, Asker.SCRIPT, architecture), lines);
    }
  }

  /** Those of the images that its group names, since what it is says the machine itself. */
  private Set<ClientArchitecture> architectures(Recognition recognition) {
    Set<ClientArchitecture> architectures = EnumSet.noneOf(ClientArchitecture.class);
    if (recognition instanceof Recognition.Known known) {
      current.inventory().groupOf(known.machine()).stream()
          .flatMap(group -> group.image().all().stream())
          .flatMap(name -> current.images().find(name).stream())
          .map(image -> image.manifest().architecture())
          .map(made -> made.equals("arm64") ? UEFI_ARM64 : UEFI_X64)
          .forEach(architectures::add);
    }
    return architectures.isEmpty() ? EnumSet.of(UEFI_X64) : architectures;
  }

  private void explainScript(BootRequest request, List<String> lines) {
    BootPlan plan = current.assign().assign(request);
    if (plan instanceof BootPlan.Boot boot) {
      line(lines, "boots", "yes, on " + boot.image().manifest().architecture() + ": " + plan.why());
      script(lines, current.documents().script(boot));
    } else {
      line(lines, "boots", "no: " + plan.why());
      script(lines, current.documents().script(new BootPlan.Wait(plan.why())));
    }
  }

  private static void script(List<String> lines, String script) {
    script.lines().forEach(text -> line(lines, "script", text));
  }

  private BootRequest request(Claims claims, Asker asker, ClientArchitecture architecture) {
    return new BootRequest(
        claims, asker, List.of(architecture), Set.of(BootRequest.Feature.HTTP), subnet.id());
  }

  private static void line(List<String> lines, String what, String words) {
    lines.add("%-10s %s".formatted(what, words));
  }
}
