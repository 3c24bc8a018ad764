package dev.kiln.bootserver.boot;

import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.ImageName;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.bootserver.machine.Recognition;
import dev.kiln.file.Digest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The one place that decides what a machine does next, for every protocol. It knows machines and
 * firmware as they are at one time, and asks nobody.
 */
public final class AssignBoot {
  private final Inventory inventory;
  private final ImageCatalogue.Snapshot images;
  private final Loaders loaders;
  private final BootAddresses addresses;

  public AssignBoot(
      Inventory inventory,
      ImageCatalogue.Snapshot images,
      Loaders loaders,
      BootAddresses addresses) {
    this.inventory = inventory;
    this.images = images;
    this.loaders = loaders;
    this.addresses = addresses;
  }

  /** Whether these claims lead to a machine that has a file. */
  public boolean recognizes(Claims claims) {
    return inventory.recognize(claims) instanceof Recognition.Known;
  }

  /**
   * Decides for firmware and scripts; a system says which image it runs, see {@link #configure}.
   */
  public BootPlan assign(BootRequest request) {
    return switch (request.asker()) {
      case PXE -> load(request, Transport.TFTP);
      case HTTP_BOOT -> load(request, Transport.HTTP);
      case IPXE -> script(request);
      case SCRIPT -> boot(request);
      case OTHER -> new BootPlan.Nothing("the client is no boot firmware");
    };
  }

  /**
   * Decides for a system that runs.
   *
   * @param image that it says it runs
   */
  public BootPlan configure(Claims claims, Digest image) {
    return approved(claims, (machine, group) -> configured(claims, machine, group, image));
  }

  private BootPlan load(BootRequest request, Transport by) {
    return loaders
        .first(request.architectures(), by)
        .<BootPlan>map(
            known -> new BootPlan.Load(by, program(known, by), known + " firmware loads by " + by))
        .orElseGet(
            () -> new BootPlan.Nothing("no boot program is configured for " + request.described()));
  }

  private LoaderName program(ClientArchitecture known, Transport by) {
    return Objects.requireNonNull(loaders.of(by).get(known));
  }

  /** iPXE in a ROM may lack HTTP: it would ask for its script for ever, so it gets a whole iPXE. */
  private BootPlan script(BootRequest request) {
    if (request.features().contains(BootRequest.Feature.HTTP)) {
      return new BootPlan.Identify("iPXE runs a script");
    }
    Optional<ClientArchitecture> known = loaders.first(request.architectures(), Transport.TFTP);
    return known.isPresent()
        ? new BootPlan.Load(
            Transport.TFTP,
            program(known.get(), Transport.TFTP),
            "this iPXE cannot load by HTTP, and gets one that can")
        : new BootPlan.Nothing("this iPXE cannot load by HTTP, and there is no other for it");
  }

  private BootPlan boot(BootRequest request) {
    return approved(request.claims(), (machine, group) -> image(request, machine, group));
  }

  private interface Next {
    BootPlan of(Machine machine, Group group);
  }

  private BootPlan approved(Claims claims, Next next) {
    Recognition recognition = inventory.recognize(claims);
    if (recognition instanceof Recognition.Unknown unknown) {
      return new BootPlan.Wait(unknown.reason());
    }
    Machine machine = ((Recognition.Known) recognition).machine();
    Optional<Group> group = inventory.groupOf(machine);
    return group.isPresent()
        ? next.of(machine, group.get())
        : new BootPlan.Wait("no group chooses " + machine.name());
  }

  private static BootPlan configured(Claims claims, Machine machine, Group group, Digest image) {
    return new BootPlan.Configure(claims.mac(), machine, group, image);
  }

  private BootPlan image(BootRequest request, Machine machine, Group group) {
    Optional<String> architecture = architecture(request.architectures());
    Optional<ImageName> name = group.image().of(architecture);
    if (name.isEmpty()) {
      return new BootPlan.Wait(
          "the group "
              + group.id()
              + " names no image for "
              + architecture.orElse("a machine that does not say what it can run"));
    }
    Optional<PublishedImage> image = images.find(name.get());
    if (image.isEmpty()) {
      return new BootPlan.Wait(images.whyNot(name.get()).orElseThrow());
    }
    String made = image.get().manifest().architecture();
    return architecture.filter(own -> !own.equals(made)).isPresent()
        ? new BootPlan.Wait(
            "the image '"
                + name.get()
                + "' is for "
                + made
                + ", and this machine is "
                + architecture.get())
        : boots(new BootPlan.Boot(request.claims().mac(), machine, group, image.get()));
  }

  private static Optional<String> architecture(List<ClientArchitecture> known) {
    return known.stream().map(ClientArchitecture::machine).findFirst();
  }

  /** Only what can be written as a document is a plan. */
  private BootPlan boots(BootPlan.Boot boot) {
    try {
      BootCommandLine.of(boot, addresses);
      return boot;
    } catch (IllegalArgumentException e) {
      return new BootPlan.Wait(String.valueOf(e.getMessage()));
    }
  }
}
