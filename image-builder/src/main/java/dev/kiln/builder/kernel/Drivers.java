package dev.kiln.builder.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

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
          "drivers/net/hyperv/",
          "drivers/virtio/",
          "drivers/ptp/");

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
      List.of("drivers/ata/", "drivers/nvme/host/", "drivers/usb/host/", "drivers/usb/storage/");

  /** Disks, controllers outside those directories, and file systems with what they load. */
  private static final List<String> DISK_NAMES =
      List.of(
          "sd_mod",
          "sr_mod",
          "virtio_blk",
          "virtio_scsi",
          "xen-blkfront",
          "hv_storvsc",
          "vmw_pvscsi",
          "aacraid",
          "hpsa",
          "megaraid_sas",
          "mpt3sas",
          "smartpqi",
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
      if (directories.stream().anyMatch(each -> module.startsWith("kernel/" + each))) {
        wanted.add(module);
      }
    }
    names.forEach(name -> wanted.addAll(modules.named(name)));
    return new TreeSet<>(modules.withAllTheyDependOn(wanted));
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
