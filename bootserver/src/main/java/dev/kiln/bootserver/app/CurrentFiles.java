package dev.kiln.bootserver.app;

import dev.kiln.bootserver.boot.AssignBoot;
import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.ImageCatalogue;
import dev.kiln.bootserver.config.Config;
import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.document.BootDocuments;
import dev.kiln.bootserver.document.BootSnapshot;
import dev.kiln.bootserver.machine.CheckedInventory;
import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.ImageName;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.InventoryFiles;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Machines, groups and images as their directories say them now. What is wrong with a file is said
 * and stops no other, see {@link InventoryFiles}; all that is right takes effect together, for
 * every part of the server.
 */
final class CurrentFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentFiles.class);

  private final Path configFile;
  private final Config config;
  private final InventoryFiles inventories;
  private final ImageCatalogue images;
  private final BootAddresses addresses;
  private final Counter failures;
  private final List<Consumer<BootSnapshot>> followers = new CopyOnWriteArrayList<>();
  private CheckedInventory inForce;
  private volatile BootSnapshot current;
  private volatile List<Problem> broken = List.of();
  private Fingerprint configSeen = Fingerprint.NONE;
  private Set<String> waiting = Set.of();
  private List<String> complained = List.of();

  /** Starts with what was checked. */
  CurrentFiles(Path configFile, ConfigReader.Checked checked, MeterRegistry meters) {
    this.configFile = configFile;
    this.config = checked.config();
    this.inventories = checked.files();
    this.addresses = new BootAddresses(config.server());
    this.images = new ImageCatalogue(config.directories().images());
    this.failures =
        Counter.builder("kiln.files.failures")
            .description("Looks at machines, groups and images that could not be done")
            .register(meters);
    Gauge.builder("kiln.files.broken", () -> broken.size())
        .description("What is wrong with the files of machines and groups now")
        .register(meters);
    images.scan();
    this.inForce = checked.inventory().inventory();
    this.current = snapshotOf(inForce.inventory());
    sayWhatIsBroken(checked.inventory().broken());
  }

  /** Machines, groups and images as they are now. On any thread. */
  BootSnapshot current() {
    return current;
  }

  /** The names of the files that are wrong, and so not in force. On any thread. */
  Collection<String> brokenNames() {
    return broken.stream()
        .flatMap(problem -> problem.where().stream())
        .map(where -> String.valueOf(Path.of(where.file()).getFileName()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Tells of the current snapshot, and of each that comes after it. */
  void follow(Consumer<BootSnapshot> follower) {
    followers.add(follower);
    follower.accept(current);
  }

  private BootSnapshot snapshotOf(Inventory inventory) {
    ImageCatalogue.Snapshot served = images.snapshot();
    return new BootSnapshot(
        inventory,
        served,
        new AssignBoot(inventory, served, config.programs(), addresses),
        new BootDocuments(
            addresses, config.subnet().domain(), config.dhcp().map(Config.Dhcp::leaseTime)));
  }

  /**
   * Looks at everything again. Blocks; called by one thread at a time. Throws nothing that a later
   * look mends.
   */
  void refresh() {
    look(true);
  }

  /** The same, for images and configuration alone: machines and groups are known not to change. */
  void glance() {
    look(false);
  }

  private void look(boolean inventory) {
    try {
      boolean newImages = images.scan();
      sayWhetherTheConfigurationChanged();
      if (inventory) {
        takeWhatChanged(newImages);
      } else if (newImages) {
        exchange(current.inventory());
      }
      sayWhoWaits();
      complained = List.of();
    } catch (KilnException e) {
      complain(e.problems().stream().map(Problem::toString).toList(), e);
    } catch (RuntimeException e) {
      complain(List.of(e.toString()), e);
    }
  }

  private void takeWhatChanged(boolean newImages) {
    InventoryFiles.Look look = inventories.look();
    CheckedInventory next = look.inventory();
    if (!next.equals(inForce)) {
      inForce = next;
      exchange(next.inventory());
      LOG.info("Read: {} machines, {} groups", next.machines().size(), next.groups().size());
    } else if (newImages) {
      exchange(current.inventory());
    }
    sayWhatIsBroken(look.broken());
  }

  /** Said once for each problem, and once when all is well again. */
  private void sayWhatIsBroken(List<Problem> now) {
    now.stream()
        .filter(problem -> !broken.contains(problem))
        .forEach(problem -> LOG.error("Not in force: {}", problem));
    if (now.isEmpty() && !broken.isEmpty()) {
      LOG.info("The files of machines and groups are well again.");
    }
    broken = now;
  }

  private void exchange(Inventory next) {
    BootSnapshot now = snapshotOf(next);
    current = now;
    followers.forEach(follower -> follower.accept(now));
  }

  /** Another configuration takes a restart; whether it would start does not matter until then. */
  private void sayWhetherTheConfigurationChanged() {
    Fingerprint now = Fingerprint.ofFile(configFile);
    if (now.equals(configSeen)) {
      return;
    }
    configSeen = now;
    try {
      if (!ConfigReader.readConfig(configFile).equals(config)) {
        LOG.warn("{} has changed; restart the server to use it.", configFile);
      }
    } catch (KilnException e) {
      LOG.warn("The server could not start again with its configuration file as it is now:");
      e.problems().forEach(problem -> LOG.warn("{}", problem));
    }
  }

  /** One line for each reason, however many groups it is of. */
  private void sayWhoWaits() {
    Map<String, List<String>> groupsByReason = new TreeMap<>();
    for (Group group : current.inventory().groups()) {
      for (ImageName image : group.image().all()) {
        current
            .images()
            .whyNot(image)
            .ifPresent(
                why ->
                    groupsByReason.computeIfAbsent(why, key -> new ArrayList<>()).add(group.id()));
      }
    }
    Set<String> now = new LinkedHashSet<>();
    groupsByReason.forEach(
        (why, groups) -> now.add("The machines of " + named(groups) + " wait: " + why));
    now.stream().filter(line -> !waiting.contains(line)).forEach(LOG::warn);
    waiting = now;
  }

  private static String named(List<String> groups) {
    if (groups.size() == 1) {
      return "group " + groups.get(0);
    }
    String first = String.join(", ", groups.subList(0, Math.min(5, groups.size())));
    return groups.size() <= 5
        ? "the groups " + first
        : "the groups " + first + " and " + (groups.size() - 5) + " more";
  }

  /** Said once for each reason, not every few seconds; counted each time. */
  private void complain(List<String> reasons, RuntimeException failure) {
    failures.increment();
    if (!reasons.equals(complained)) {
      complained = reasons;
      LOG.error("The files could not be taken as they are now; what was read before still holds.");
      reasons.forEach(LOG::error);
      LOG.debug("This is where:", failure);
    }
  }
}
