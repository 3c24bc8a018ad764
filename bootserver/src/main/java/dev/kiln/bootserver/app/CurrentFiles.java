package dev.kiln.bootserver.app;

import dev.kiln.bootserver.boot.ImageCatalogue;
import dev.kiln.bootserver.config.Config;
import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Machines, groups and images as their directories say them now. Files that changed are read again
 * as a whole; where one of them is wrong, the log says so and everything stays as it was.
 */
final class CurrentFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentFiles.class);

  private final Path configFile;
  private final Config config;
  private final ImageCatalogue images;
  private final Consumer<Inventory> current;
  private volatile Inventory inventory;
  private List<Object> fingerprint;
  private List<Problem> complained = List.of();

  /**
   * Starts with what was checked.
   *
   * @param current is told the inventory after each look, whether it changed or not
   */
  CurrentFiles(Path configFile, ConfigReader.Checked checked, Consumer<Inventory> current) {
    this.configFile = configFile;
    this.config = checked.config();
    this.images = new ImageCatalogue(config.directories().images());
    this.inventory = checked.inventory().inventory();
    this.current = current;
    this.fingerprint = fingerprint();
    images.scan();
  }

  ImageCatalogue images() {
    return images;
  }

  Inventory inventory() {
    return inventory;
  }

  /** Looks again. Blocks; called by one thread at a time. */
  void refresh() {
    try {
      images.scan();
      List<Object> now = fingerprint();
      if (!now.equals(fingerprint)) {
        fingerprint = now;
        readAgain();
      }
      current.accept(inventory);
    } catch (KilnException e) {
      complain(e);
    }
  }

  /** Once for each reason, not every few seconds. */
  private void complain(KilnException refusal) {
    if (!refusal.problems().equals(complained)) {
      complained = refusal.problems();
      LOG.error("The files could not be read again; what was read before still holds.");
      complained.forEach(problem -> LOG.error("{}", problem));
    }
  }

  private void readAgain() {
    ConfigReader.Checked checked = ConfigReader.read(configFile);
    if (!checked.config().equals(config)) {
      LOG.warn("{} has changed; restart the server to use it.", configFile);
    }
    inventory = checked.inventory().inventory();
    LOG.info(
        "Read again: {} machines, {} groups",
        inventory.machines().size(),
        inventory.groups().size());
  }

  private List<Object> fingerprint() {
    List<Object> files = new ArrayList<>();
    for (Path directory : List.of(config.directories().machines(), config.directories().groups())) {
      try (Stream<Path> entries = Files.list(directory)) {
        for (Path file : entries.sorted().toList()) {
          files.add(file);
          files.add(Files.getLastModifiedTime(file));
          files.add(Files.size(file));
        }
      } catch (IOException e) {
        throw KilnException.io("list " + directory, e);
      }
    }
    return files;
  }
}
