package dev.kiln.bootserver.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.boot.ImageFixture;
import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.StoredEvent;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.bootserver.store.sqlite.StateReader;
import dev.kiln.file.Digest;
import dev.kiln.loopback.ReservedPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A whole server's files in one directory, on the loopback interface and without DHCP. */
public final class ServerFixture {
  public static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f a@b";
  public static final String MAC = "52-54-00-12-34-56";

  private final Path root;
  private final ReservedPort port;
  private final Digest image;

  private ServerFixture(Path root, ReservedPort port, Digest image) {
    this.root = root;
    this.port = port;
    this.image = image;
  }

  /** One image, one machine, one group. */
  public static ServerFixture in(Path root) throws IOException {
    for (String directory : new String[] {"images", "state", "machines", "groups", "ipxe"}) {
      Files.createDirectories(root.resolve(directory));
    }
    Files.writeString(root.resolve("ipxe/undionly.kpxe"), "bios");
    Files.writeString(root.resolve("ipxe/ipxe.efi"), "uefi loader");
    Digest image = ImageFixture.write(root.resolve("images/debian12"), 1, 300_000);
    ReservedPort port = new ReservedPort();
    ServerFixture fixture = new ServerFixture(root, port, image);
    Files.writeString(
        fixture.config(),
        """
        network:
          interface: lo
          address: 127.0.0.1
          subnet: 127.0.0.0/8
          domain: lab.example
        dhcp:
          enabled: false
        tftp:
          enabled: false
        http:
          port: %d
        directories:
          images: images
          state: state
          machines: machines
          groups: groups
        loaders:
          directory: ipxe
        """
            .formatted(port.number()));
    fixture.machine("node-1", "macs: [\"52:54:00:12:34:56\"]\nlabels: {rack: \"1\"}\n");
    fixture.group(
        "workers",
        "image: debian12\nsshAuthorizedKeys:\n  - " + KEY + "\nkernelArguments: [quiet]\n");
    return fixture;
  }

  public void machine(String name, String yaml) throws IOException {
    Files.writeString(root.resolve("machines/" + name + ".yaml"), yaml);
  }

  public void group(String id, String yaml) throws IOException {
    Files.writeString(root.resolve("groups/" + id + ".yaml"), yaml);
  }

  public RunningServer start() {
    return StartServer.start(config(), ConfigReader.readToServe(config()));
  }

  public Path root() {
    return root;
  }

  public Path config() {
    return root.resolve("bootserver.yaml");
  }

  /** The id of the image. */
  public Digest image() {
    return image;
  }

  /** Where the system of a machine finds its documents, with a slash at the end. */
  public String seed(String machine, String mac) {
    return "/nocloud/" + machine + "/" + mac + "/" + image.hex() + "/";
  }

  public URI uri(String path) {
    return port.address(path);
  }

  /** The events of a card, once it came to a step so often: each is written behind its answer. */
  public List<Event> timelineWith(int times, Step step, String mac) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    List<StoredEvent> lines = lines(mac);
    while (lines.stream()
            .filter(line -> line.event().step() == step)
            .mapToLong(StoredEvent::times)
            .sum()
        < times) {
      assertThat(System.nanoTime()).as("%s", lines).isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
      lines = lines(mac);
    }
    return lines.stream().map(StoredEvent::event).toList();
  }

  /** The events of a card that were written so far. */
  public List<Event> timeline(String mac) {
    return lines(mac).stream().map(StoredEvent::event).toList();
  }

  private List<StoredEvent> lines(String mac) {
    try (StateReader state = state()) {
      return state
          .timeline()
          .read(List.of(MacAddress.parse(mac)), 0, 1_000)
          .toCompletableFuture()
          .join();
    }
  }

  public StateReader state() {
    return StateReader.open(root.resolve("state"));
  }
}
