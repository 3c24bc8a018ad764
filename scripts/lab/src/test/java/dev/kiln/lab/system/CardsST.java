package dev.kiln.lab.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.lab.console.Console;
import dev.kiln.lab.console.FatalLines;
import dev.kiln.lab.console.Line;
import dev.kiln.lab.process.Child;
import dev.kiln.lab.process.Command;
import dev.kiln.manifest.ImageDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The initrd on every card that QEMU has. A script of the tests, {@code cards}, runs in the place
 * of /init and calls its functions for each card, so that one machine tries many of them.
 */
@ExtendWith(LabExtension.class)
class CardsST {
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** About half a minute on two quiet cores. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** QEMU's name of a card, and the driver that is to have it. */
  private static final Map<String, String> NETWORK_CARDS =
      Map.of(
          "e1000", "e1000",
          "e1000e", "e1000e",
          "i82559er", "e100",
          "ne2k_pci", "ne2k-pci",
          "pcnet", "pcnet32",
          "rtl8139", "8139cp",
          "tulip", "tulip",
          "virtio-net-pci", "virtio_net",
          "vmxnet3", "vmxnet3");

  /**
   * A disk and what it hangs on.
   *
   * @param label of its file system
   * @param driver that is to have what it hangs on
   * @param devices of QEMU's; the last is the disk
   */
  private record Disk(String label, String driver, List<String> devices) {
    static Disk of(String label, String driver, String... devices) {
      return new Disk(label, driver, List.of(devices));
    }

    static Disk scsi(String controller, String driver) {
      return of(
          controller,
          driver,
          controller + ",id=c" + controller,
          "scsi-hd,bus=c" + controller + ".0");
    }
  }

  private static final List<Disk> DISKS =
      List.of(
          Disk.of("ahci", "ahci", "ide-hd,bus=ide.0"),
          Disk.of("ide", "ata_piix", "piix4-ide,id=piix", "ide-hd,bus=piix.0"),
          Disk.of("nvme", "nvme", "nvme,serial=1"),
          Disk.scsi("lsi53c895a", "sym53c8xx"),
          Disk.scsi("megasas", "megaraid_sas"),
          Disk.scsi("megasas-gen2", "megaraid_sas"),
          Disk.of(
              "mptsas", "mptsas", "mptsas1068,id=sas", "scsi-hd,bus=sas.0,wwn=0x5000c50015ea71ac"),
          Disk.scsi("pvscsi", "vmw_pvscsi"),
          Disk.of("sd-card", "sdhci-pci", "sdhci-pci", "sd-card"),
          Disk.of(
              "uas", "uas", "qemu-xhci,id=xhci", "usb-uas,bus=xhci.0,id=uas", "scsi-hd,bus=uas.0"),
          Disk.of("usb-stick", "usb-storage", "usb-ehci,id=ehci", "usb-storage,bus=ehci.0"),
          Disk.of("virtio-blk", "virtio_blk", "virtio-blk-pci"),
          Disk.scsi("virtio-scsi-pci", "virtio_scsi"));

  private final ImageDirectory image;
  private final Path directory;

  CardsST(SystemLab lab) {
    this.image = lab.image();
    this.directory = image.path().resolveSibling("cards");
  }

  @BeforeEach
  void makeDirectory() throws IOException {
    Files.createDirectories(directory);
  }

  @Test
  void everyNetworkCardGetsAnAddress() throws IOException {
    BareMachine machine = BareMachine.of(image, initrdWithTheScript(), "rdinit=/cards");
    for (String card : NETWORK_CARDS.keySet()) {
      machine =
          machine.with(
              "-netdev", "user,id=n" + card, "-device", card + ",netdev=n" + card + ",romfile=");
    }

    List<String> cards = triedOn(machine, "network");

    assertThat(cards)
        .contains("the kernel's own request was met", "r8169 brings realtek", "bnx2x brings crc32c")
        .containsAll(
            NETWORK_CARDS.values().stream()
                .map(driver -> driver + " got an address")
                .collect(Collectors.toSet()));
  }

  @Test
  void everyDiskIsFoundByItsLabel() throws IOException {
    String labels = DISKS.stream().map(Disk::label).collect(Collectors.joining(","));
    BareMachine machine =
        BareMachine.of(image, initrdWithTheScript(), "rdinit=/cards cards.disks=" + labels);
    for (Disk disk : DISKS) {
      machine = with(disk, machine);
    }

    List<String> cards = triedOn(machine, "disks");

    for (Disk disk : DISKS) {
      assertThat(cards)
          .anyMatch(
              card ->
                  card.startsWith("disk " + disk.label() + " is behind ")
                      && List.of(card.split(" ")).contains(disk.driver()));
    }
  }

  /** The real /init, and a card behind USB that is not there yet when it has loaded all drivers. */
  @Test
  void aNetworkCardThatComesLateIsWaitedFor() throws IOException {
    String mac = "52:54:00:00:00:09";
    String arguments =
        "kiln.digest=%s kiln.url=http://10.0.2.2/ BOOTIF=01-%s"
            .formatted(image.manifest().bootManifest().digest(), mac.replace(':', '-'));
    BareMachine machine =
        BareMachine.of(image, image.file(image.manifest().initrd()), arguments)
            .with("-device", "qemu-xhci,id=xhci", "-netdev", "user,id=late");
    Child child = Child.start(machine.command());
    try {
      Console console = follow(child, "late");
      console.awaitLine(Pattern.compile("no interface with address " + mac), LIMIT);

      OutputStream monitor = child.input();
      monitor.write(
          "\u0001cdevice_add usb-net,bus=xhci.0,netdev=late,mac=%s\n"
              .formatted(mac)
              .getBytes(StandardCharsets.US_ASCII));
      monitor.flush();

      console.awaitLine(Pattern.compile("kiln: .* network: .* has 10\\.0\\.2\\."), LIMIT);
    } finally {
      child.stop(GRACE);
    }
  }

  /** What the script said of each card. */
  private List<String> triedOn(BareMachine machine, String name) {
    Child child = Child.start(machine.command());
    try {
      Console console = follow(child, name);
      console.awaitLine(Pattern.compile("card: that is all"), LIMIT);
      return console.lines().stream()
          .map(Line::text)
          .filter(text -> text.startsWith("kiln: ") && text.contains("] card: "))
          .map(text -> text.replaceFirst(".*] card: ", ""))
          .toList();
    } finally {
      child.stop(GRACE);
    }
  }

  private Console follow(Child child, String name) {
    return Console.follow(
        name, child.output(), directory.resolve(name + ".log"), FatalLines.OF_A_MACHINE);
  }

  private BareMachine with(Disk disk, BareMachine machine) throws IOException {
    Path content = Files.createDirectories(directory.resolve("content"));
    Files.writeString(content.resolve("boot.manifest"), "of a disk\n");
    Path file = directory.resolve(disk.label());
    Files.deleteIfExists(file);
    Command.of(
            "mke2fs",
            "-q",
            "-t",
            "ext4",
            "-L",
            disk.label(),
            "-d",
            content.toString(),
            file.toString(),
            "4M")
        .succeed(GRACE);
    BareMachine whole =
        machine.with(
            "-drive", "if=none,format=raw,snapshot=on,id=" + disk.label() + ",file=" + file);
    int last = disk.devices().size() - 1;
    for (String device : disk.devices().subList(0, last)) {
      whole = whole.with("-device", device);
    }
    return whole.with("-device", disk.devices().get(last) + ",drive=" + disk.label());
  }

  /** A second archive behind the first, as a boot loader would load it. */
  private Path initrdWithTheScript() throws IOException {
    Path script = Files.createDirectories(directory.resolve("archive")).resolve("cards");
    try (InputStream resource = CardsST.class.getResourceAsStream("cards")) {
      Files.write(script, resource.readAllBytes());
    }
    Command.of("chmod", "755", script.toString()).succeed(GRACE);
    Path archive = directory.resolve("archive.cpio");
    Command.of(
            "cpio",
            "-o",
            "-H",
            "newc",
            "--quiet",
            "-D",
            script.getParent().toString(),
            "-O",
            archive.toString())
        .run(GRACE, "cards\n")
        .orFail(Command.of("cpio"));
    Path both = directory.resolve("initrd");
    try (OutputStream out = Files.newOutputStream(both)) {
      long size = Files.copy(image.file(image.manifest().initrd()), out);
      out.write(new byte[(int) (-size & 3)]);
      Files.copy(archive, out);
    }
    return both;
  }
}
