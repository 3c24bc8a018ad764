package dev.kiln.bootserver.app;

import dev.kiln.bootserver.boot.AssignBoot;
import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.ImageCatalogue;
import dev.kiln.bootserver.config.Config;
import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.document.BootDocuments;
import dev.kiln.bootserver.document.BootSnapshot;
import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Machines, groups and images as their directories say them now. Files that changed are read again
 * as a whole; where one of them is wrong, the log says so and everything stays as it was, for every
 * part of the server, until a later look finds them right.
 */
final class CurrentFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentFiles.class);

  private final Path configFile;
  private final Config config;
  private final ImageCatalogue images;
  private final BootAddresses addresses;
  private final Counter failures;
  private final List<Consumer<BootSnapshot>> followers = new CopyOnWriteArrayList<>();
  private volatile BootSnapshot current;
  private Fingerprint seen = Fingerprint.NONE;
  private Fingerprint configSeen = Fingerprint.NONE;
  private List<String> waiting = List.of();
  private List<String> complained = List.of();

  /** Starts with what was checked. */
  CurrentFiles(Path configFile, ConfigReader.Checked checked, MeterRegistry meters) {
    this.configFile = configFile;
    this.config = checked.config();
    this.addresses = new BootAddresses(config.server());
    this.images = new ImageCatalogue(config.directories().images());
    this.failures = meters.counter("kiln.files.failures");
    images.scan();
    this.current = snapshotOf(checked.inventory().inventory());
  }

  /** Machines, groups and images as they are now. On any thread. */
  BootSnapshot current() {
    return current;
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
        new BootDocuments(addresses, config.subnet().domain()));
  }

  /**
   * Looks again. Blocks; called by one thread at a time. Throws nothing that a later look mends.
   */
  void refresh() {
    try {
      boolean newImages = images.scan();
      sayWhetherTheConfigurationChanged();
      takeWhatChanged(newImages);
      sayWhoWaits();
      complained = List.of();
    } catch (KilnException e) {
      complain(e.problems().stream().map(Problem::toString).toList(), e);
    } catch (RuntimeException e) {
      complain(List.of(e.toString()), e);
    }
  }

  /** What was seen is remembered last: until all of it is in force, each look tries again. */
  private void takeWhatChanged(boolean newImages) {
    Fingerprint now =
        Fingerprint.ofDirectories(config.directories().machines(), config.directories().groups());
    if (!now.equals(seen)) {
      Inventory next = ConfigReader.readInventory(config).inventory();
      exchange(next);
      LOG.info("Read: {} machines, {} groups", next.machines().size(), next.groups().size());
      seen = now;
    } else if (newImages) {
      exchange(current.inventory());
    }
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

  private void sayWhoWaits() {
    List<String> now = current.inventory().groups().stream().flatMap(this::waits).toList();
    now.stream().filter(line -> !waiting.contains(line)).forEach(LOG::warn);
    waiting = now;
  }

  private Stream<String> waits(Group group) {
    return group.image().all().stream()
        .flatMap(image -> images.snapshot().whyNot(image).stream())
        .map(reason -> "The machines of group " + group.id() + " wait: " + reason);
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
