package dev.kiln.lab.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.lab.process.Command;
import dev.kiln.manifest.ImageDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The initrd's tables, for cards that QEMU has not. The image's own kmod says of the kernel's own
 * tables what a card needs; the initrd's busybox says what it would load.
 */
@ExtendWith(LabExtension.class)
class DriversST {
  private static final List<String> DRIVERS =
      List.of(
          // Network cards
          "r8169",
          "realtek",
          "bnx2",
          "bnx2x",
          "bnxt_en",
          "tg3",
          "igb",
          "igc",
          "ixgbe",
          "i40e",
          "ice",
          "mlx4_core",
          "mlx5_core",
          "qede",
          "be2net",
          "cxgb4",
          "atlantic",
          "ena",
          "hv_netvsc",
          // behind USB
          "r8152",
          "ax88179_178a",
          "asix",
          "smsc95xx",
          "cdc_ether",
          "cdc_ncm",
          // Disks
          "mpt3sas",
          "megaraid_sas",
          "hpsa",
          "smartpqi",
          "aacraid",
          "mpi3mr",
          "pm80xx",
          "isci",
          "arcmsr",
          "hv_storvsc",
          "vmd",
          "nvme",
          "ahci",
          "ata_piix",
          "uas",
          "ufshcd_pci",
          "sdhci_pci",
          "ohci_pci",
          "uhci_hcd",
          "ext4",
          "vfat",
          "isofs");

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Pattern LOADED = Pattern.compile("insmod \\S*/(\\S+)\\.ko");

  private final ImageDirectory image;
  private final String release;
  private final Path os;
  private final Path initrd;

  DriversST(SystemLab lab) {
    image = lab.image();
    release = image.manifest().kernelRelease();
    os = image.path().resolveSibling("drivers").resolve("os");
    initrd = os.resolveSibling("initrd");
  }

  @BeforeEach
  void unpack() throws IOException {
    Files.createDirectories(initrd);
    Path archive = image.file(image.manifest().initrd());
    shell("zstd -dc '%s' | cpio -i --quiet -D '%s'".formatted(archive, initrd));
    shell(
        ("unsquashfs -q -n -f -d '%s' '%s' bin lib lib64 sbin usr/lib64 usr/sbin usr/bin/kmod"
                + " usr/lib/modules usr/lib/firmware 'usr/lib/*-linux-gnu/l*' > /dev/null")
            .formatted(os, image.path().resolve("os.squashfs")));
    // As the script does where it looks for disks. And busybox takes the running kernel's tables.
    Path tables = initrd.resolve("lib/modules").resolve(release);
    shell("cat '%s/modules.alias.disks' >> '%s/modules.alias'".formatted(tables, tables));
    shell("ln -s '%s' '%s/lib/modules/'$(uname -r)".formatted(release, initrd));
  }

  @AfterEach
  void remove() {
    shell("rm -rf '%s' '%s'".formatted(os, initrd));
  }

  @Test
  void holdAllThatEachCardNeeds() throws IOException {
    List<String> kernels = tableOf(os.resolve("usr/lib/modules"));
    List<String> initrds = tableOf(initrd.resolve("lib/modules"));

    assertThat(DRIVERS)
        .allSatisfy(
            driver -> {
              String alias = deviceOf(driver, kernels);
              List<String> needed =
                  loaded(
                      "chroot '%s' modprobe -C /none -S %s -D '%s'".formatted(os, release, alias));
              List<String> loaded = loadedByBusybox(alias);

              assertThat(needed).as(alias).contains(driver);
              assertThat(needed).containsAll(loaded);
              assertThat(loaded).contains(driver);
              Set<String> rest = new TreeSet<>(needed);
              loaded.forEach(rest::remove);
              // What is left the kernel asks for by an alias of its crypto.
              assertThat(rest)
                  .allMatch(
                      module ->
                          initrds.stream()
                              .anyMatch(line -> line.matches("alias crypto-\\S+ " + module)));
              assertThat(firmwareOf(needed))
                  .allMatch(name -> Files.exists(initrd.resolve("lib/firmware").resolve(name)));
            });
    assertThat(loadedByBusybox("r8169")).contains("realtek");
    assertThat(firmwareOf(List.of("bnx2x"))).isNotEmpty();
  }

  /** The lines of modules.alias. */
  private List<String> tableOf(Path modules) throws IOException {
    return Files.readAllLines(
        modules.resolve(release).resolve("modules.alias"), StandardCharsets.ISO_8859_1);
  }

  /** Some device that a driver is for, as the kernel would call it. */
  private static String deviceOf(String driver, List<String> aliases) {
    return aliases.stream()
        .filter(line -> line.endsWith(" " + driver) && !line.startsWith("alias auxiliary:"))
        .map(line -> line.split(" ")[1].replaceAll("\\[(.)[^]]*]", "$1").replaceAll("[*?]", "0"))
        .findFirst()
        .orElse(driver);
  }

  /** What the image has of the firmware that modules name. */
  private Set<String> firmwareOf(List<String> modules) {
    return modules.stream()
        .flatMap(
            module ->
                shell("chroot '%s' modinfo -k %s -F firmware %s".formatted(os, release, module))
                    .lines())
        .filter(name -> !name.isBlank())
        .filter(name -> Files.exists(os.resolve("usr/lib/firmware").resolve(name)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<String> loadedByBusybox(String alias) {
    return loaded("chroot '%s' /bin/busybox modprobe -a -q -D '%s'".formatted(initrd, alias));
  }

  private static List<String> loaded(String command) {
    return LOADED
        .matcher(shell(command))
        .results()
        .map(match -> match.group(1).replace('-', '_'))
        .distinct()
        .toList();
  }

  private static String shell(String command) {
    return Command.of("sh", "-e", "-c", command).succeed(LIMIT);
  }
}
