package dev.kiln.builder.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which modules an initrd needs: to find any network card or disk and to mount its layers, on every
 * architecture by the same names.
 *
 * @param network of network cards, and all that every boot needs
 * @param disks of disks, which are asked for only where an image is looked for on one
 */
record Drivers(SortedSet<String> network, SortedSet<String> disks) {
  /** Below {@code kernel/}: whole directories, because nobody knows what the machine has. */
  private static final List<String> NETWORK_DIRECTORIES =
      List.of(
          "drivers/net/ethernet/",
          "drivers/net/phy/",
          "drivers/net/mdio/",
          "drivers/net/usb/",
          "drivers/net/hyperv/",
          "drivers/virtio/",
          "drivers/ptp/",
          // Buses behind which cards and disks are: USB, and a hypervisor's or Intel's own PCI.
          "drivers/usb/host/",
          "drivers/pci/controller/");

  /**
   * By name or alias, as modprobe takes them: what the initrd's script and the kernel itself ask
   * for, and network cards outside those directories. An alias of the kernel's crypto names every
   * implementation that it has.
   */
  private static final List<String> NETWORK_NAMES =
      List.of(
          "af_packet",
          "loop",
          "fs-squashfs",
          "fs-overlay",
          "dm-verity",
          "crypto-sha256",
          "virtio_net",
          "vmxnet3",
          "xen-netfront",
          "hv_vmbus",
          "virtio_console",
          "virtio-rng");

  private static final List<String> DISK_DIRECTORIES =
      List.of(
          "drivers/ata/",
          "drivers/message/fusion/",
          "drivers/mmc/",
          "drivers/nvme/host/",
          "drivers/scsi/",
          "drivers/ufs/",
          "drivers/usb/storage/");

  /**
   * Whose dependants reach disks over a network of their own (Fibre Channel, iSCSI): they are half
   * of all bytes of SCSI's drivers, and a node has no such disk.
   */
  private static final List<String> NETWORKS_OF_DISKS =
      List.of("scsi_transport_fc", "scsi_transport_iscsi");

  /** Disks, controllers outside those directories, and file systems with what they load. */
  private static final List<String> DISK_NAMES =
      List.of(
          "sd_mod",
          "sr_mod",
          "mmc_block",
          "virtio_blk",
          "xen-blkfront",
          // Named, because to the kernel Hyper-V's disks are Fibre Channel's.
          "hv_storvsc",
          "fs-ext4",
          "crypto-crc32c",
          "fs-vfat",
          "nls_cp437",
          "nls_ascii",
          "nls_iso8859-1",
          "nls_utf8",
          "fs-iso9660");

  static Drivers of(KernelModules modules) {
    SortedSet<String> network = chosen(modules, NETWORK_DIRECTORIES, NETWORK_NAMES);
    SortedSet<String> disks = chosen(modules, DISK_DIRECTORIES, DISK_NAMES);
    disks.removeAll(network);
    return new Drivers(network, disks);
  }

  private static SortedSet<String> chosen(
      KernelModules modules, List<String> directories, List<String> names) {
    List<String> wanted = new ArrayList<>();
    for (String module : modules.all()) {
      if (directories.stream().anyMatch(each -> module.startsWith("kernel/" + each))
          && !isBehindANetwork(modules, module)) {
        wanted.add(module);
      }
    }
    names.forEach(name -> wanted.addAll(modules.named(name)));
    return modules.withAllTheyNeed(wanted);
  }

  private static boolean isBehindANetwork(KernelModules modules, String module) {
    return Stream.concat(Stream.of(module), modules.dependencies(module).stream())
        .map(KernelModules::nameOf)
        .anyMatch(NETWORKS_OF_DISKS::contains);
  }

  /** Every name and alias that is asked for. */
  static List<String> names() {
    List<String> names = new ArrayList<>(NETWORK_NAMES);
    names.addAll(DISK_NAMES);
    return names;
  }

  /** All of them. */
  SortedSet<String> all() {
    SortedSet<String> all = new TreeSet<>(network);
    all.addAll(disks);
    return all;
  }
}
