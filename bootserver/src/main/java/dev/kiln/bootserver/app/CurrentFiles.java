package dev.kiln.bootserver.app;

import dev.kiln.bootserver.boot.ImageCatalogue;
import dev.kiln.bootserver.config.Config;
import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
  private final Consumer<Inventory> follow;
  private final Counter failures;
  private volatile Inventory inventory;
  private Fingerprint seen = Fingerprint.NONE;
  private Fingerprint configSeen = Fingerprint.NONE;
  private List<String> waiting = List.of();
  private List<String> complained = List.of();

  /**
   * Starts with what was checked.
   *
   * @param follow is told the inventory at each look, changed or not, before it becomes the current
   *     one; where it throws, it does not
   */
  CurrentFiles(
      Path configFile,
      ConfigReader.Checked checked,
      Consumer<Inventory> follow,
      MeterRegistry meters) {
    this.configFile = configFile;
    this.config = checked.config();
    this.images = new ImageCatalogue(config.directories().images());
    this.inventory = checked.inventory().inventory();
    this.follow = follow;
    this.failures = meters.counter("kiln.files.failures");
    images.scan();
  }

  ImageCatalogue images() {
    return images;
  }

  Inventory inventory() {
    return inventory;
  }

  /**
   * Looks again. Blocks; called by one thread at a time. Throws nothing that a later look mends.
   */
  void refresh() {
    try {
      images.scan();
      sayWhetherTheConfigurationChanged();
      takeWhatChanged();
      sayWhoWaits();
      complained = List.of();
    } catch (KilnException e) {
      complain(e.problems().stream().map(Problem::toString).toList(), e);
    } catch (RuntimeException e) {
      complain(List.of(e.toString()), e);
    }
  }

  /** What was seen is remembered last: until all of it is in force, each look tries again. */
  private void takeWhatChanged() {
    Fingerprint now =
        Fingerprint.ofDirectories(config.directories().machines(), config.directories().groups());
    if (now.equals(seen)) {
      follow.accept(inventory);
      return;
    }
    Inventory next = ConfigReader.readInventory(config).inventory();
    follow.accept(next);
    inventory = next;
    seen = now;
    LOG.info("Read: {} machines, {} groups", next.machines().size(), next.groups().size());
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
    List<String> now = inventory.groups().stream().flatMap(this::waits).toList();
    now.stream().filter(line -> !waiting.contains(line)).forEach(LOG::warn);
    waiting = now;
  }

  private Stream<String> waits(Group group) {
    Optional<String> why = images.snapshot().whyNot(group.image());
    return why.map(reason -> "The machines of group " + group.id() + " wait: " + reason).stream();
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
