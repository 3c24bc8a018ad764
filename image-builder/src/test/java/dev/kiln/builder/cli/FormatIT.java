package dev.kiln.builder.cli;

import com.github.luben.zstd.ZstdInputStream;
import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.deb.BootstrapTar;
import dev.kiln.builder.deb.MergedUsr;
import dev.kiln.builder.deb.ReadyDeb;
import dev.kiln.builder.deb.SmallDeb;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.initrd.CpioArchive;
import dev.kiln.builder.kernel.Codec;
import dev.kiln.builder.kernel.KernelFiles;
import dev.kiln.builder.kernel.KernelTree;
import dev.kiln.builder.key.Format;
import dev.kiln.builder.kit.HostKit;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.kit.PrepareKit;
import dev.kiln.builder.layer.AppendHashTree;
import dev.kiln.builder.layer.KeptTree;
import dev.kiln.builder.layer.PackLayer;
import dev.kiln.builder.layer.SquashfsCompression;
import dev.kiln.builder.layer.SquashfsSuperblock;
import dev.kiln.builder.layer.TreeToPack;
import dev.kiln.builder.lock.SampleLock;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each part of Kiln that shapes bytes gives those that its number stands for. What Debian may
 * update (mksquashfs, busybox, libraries) has no part in it: what they were told is looked at.
 */
class FormatIT {
  /** A module of each directory and name that an initrd may want, and some that none wants. */
  private static final List<String> MODULES =
      List.of(
          "kernel/drivers/net/ethernet/maker/card.ko: kernel/drivers/net/phy/lib.ko",
          "kernel/drivers/net/phy/lib.ko: kernel/lib/deep.ko",
          "kernel/lib/deep.ko:",
          "kernel/drivers/net/mdio/mdio.ko:",
          "kernel/drivers/net/hyperv/hv_netvsc.ko:",
          "kernel/drivers/net/wireless/maker/radio.ko:",
          "kernel/drivers/net/vmxnet3/vmxnet3.ko:",
          "kernel/drivers/net/xen-netfront.ko:",
          "kernel/drivers/net/virtio_net.ko:",
          "kernel/drivers/net/usb/usbnet.ko:",
          "kernel/drivers/net/bonding/bonding.ko:",
          "kernel/drivers/hv/hv_vmbus.ko:",
          "kernel/drivers/virtio/virtio_pci.ko:",
          "kernel/drivers/ptp/ptp.ko:",
          "kernel/drivers/char/virtio_console.ko:",
          "kernel/drivers/char/hw_random/virtio-rng.ko:",
          "kernel/drivers/block/loop.ko:",
          "kernel/drivers/block/virtio_blk.ko:",
          "kernel/drivers/ata/ahci.ko:",
          "kernel/drivers/nvme/host/nvme.ko:",
          "kernel/drivers/nvme/target/nvmet.ko:",
          "kernel/drivers/usb/host/xhci-pci.ko:",
          "kernel/drivers/usb/storage/usb-storage.ko:",
          "kernel/drivers/scsi/sd_mod.ko:",
          "kernel/drivers/scsi/maker/raid.ko:",
          "kernel/drivers/scsi/fibre.ko: kernel/drivers/scsi/scsi_transport_fc.ko",
          "kernel/drivers/scsi/scsi_transport_fc.ko:",
          "kernel/drivers/message/fusion/mptsas.ko:",
          "kernel/drivers/message/i2o/other.ko:",
          "kernel/drivers/mmc/core/mmc_block.ko:",
          "kernel/drivers/ufs/core/ufshcd-core.ko:",
          "kernel/drivers/pci/controller/vmd.ko:",
          "kernel/drivers/misc/wanted.ko:",
          "kernel/drivers/misc/asked.ko:",
          "kernel/drivers/md/dm-mod.ko:",
          "kernel/drivers/md/dm-verity.ko: kernel/drivers/md/dm-mod.ko",
          "kernel/drivers/gpu/drm/screen.ko:",
          "kernel/net/packet/af_packet.ko:",
          "kernel/fs/squashfs/squashfs.ko:",
          "kernel/fs/overlayfs/overlay.ko:",
          "kernel/fs/ext4/ext4.ko:",
          "kernel/fs/fat/vfat.ko:",
          "kernel/fs/nls/nls_cp437.ko:",
          "kernel/fs/erofs/erofs.ko:",
          "kernel/arch/x86/crypto/sha256-ssse3.ko:",
          "kernel/arch/arm64/crypto/sha256-arm64.ko:",
          "kernel/crypto/xxhash_generic.ko:");

  private static final String ALIASES =
      """
      alias pci:v1 card
      alias usb:v1d[0-3]* usbnet
      alias x radio
      alias fs-squashfs squashfs
      alias fs-overlay overlay
      alias fs-ext4 ext4
      alias fs-vfat vfat
      alias crypto-sha256 sha256_ssse3
      alias crypto-sha256 sha256_arm64
      """;

  private static final String NAMES =
      """
      #!/bin/sh
      { cat /etc/hosts /proc/sys/kernel/hostname; stat -c %A /dev/shm; } > /usr/share/sample/names
      """;

  @TempDir private static Path directory;
  private static SmallWorld world;
  private static ImageDirectory image;
  private static Kit kit;

  @BeforeAll
  static void bakeAnImage() throws IOException {
    world = new SmallWorld(directory);
    world.configure("linux-image-world", NAMES);
    world.publish(Instant.now());
    List<String> bake = world.bake(directory.resolve("cache"), "image");
    BakeBench.succeed(BuilderProgram.end(new BuilderProgram(directory).start(bake)));
    image = ImageDirectory.read(directory.resolve("image"));
    kit = HostKit.make(Files.createDirectory(directory.resolve("tools")));
    for (String layer : List.of("os", "runtime", "kubernetes")) {
      Squashfs.of(image, layer).unpack(directory.resolve(layer));
    }
  }

  @AfterAll
  static void closeTheWorld() {
    world.close();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void makesWhatItsNumberStandsFor(Format format) throws IOException {
    GoldenFormats.assertSame(format, made(format));
  }

  private static String made(Format format) throws IOException {
    return switch (format) {
      case READY -> ready();
      case BOOTSTRAP -> bootstrap();
      case BASE -> base();
      case SANDBOX -> sandbox();
      case SEALING -> sealing();
      case TIMES -> new Listing(directory.resolve("os")).times();
      case PARTS -> parts();
      case SQUASHFS -> squashfs();
      case VERITY -> verity("os") + verity("config");
      case KERNEL -> kernel();
      case INITRD -> initrd();
      case KIT -> kit();
    };
  }

  private static String ready() throws IOException {
    WorldPackage sample =
        WorldPackage.all().stream()
            .filter(each -> each.name().equals("sample"))
            .findFirst()
            .orElseThrow();
    byte[] deb = sample.deb();
    Path ready = directory.resolve("sample-ready.deb");
    ReadyDeb.make(
        SampleLock.binary("sample", "1", "amd64", deb),
        Files.write(directory.resolve("sample-fetched.deb"), deb),
        ready);
    return Digest.of(ready).toString();
  }

  private static String bootstrap() throws IOException {
    List<Path> packages = new ArrayList<>();
    for (WorldPackage each : WorldPackage.all()) {
      if (List.of("base-files", "base-passwd", "sample").contains(each.name())) {
        packages.add(Files.write(directory.resolve(each.name() + ".deb"), each.deb()));
      }
    }
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    new BootstrapTar(MergedUsr.of("amd64")).write(packages, tar);
    return found("first")
        + Digest.of(tar.toByteArray())
        + Stream.of("amd64", "arm64", "i386", "ppc64el", "s390x", "riscv64")
            .map(architecture -> "\n" + architecture + " " + MergedUsr.of(architecture))
            .collect(Collectors.joining());
  }

  private static String base() throws IOException {
    Path tree = Files.createDirectories(directory.resolve("base/tree"));
    Path file = Files.writeString(tree.resolve("file"), "content");
    Files.setAttribute(file, "unix:mode", 04751);
    Files.setAttribute(file, "unix:uid", 7);
    Files.setAttribute(file, "unix:gid", 8);
    Files.createLink(tree.resolve("same"), file);
    Files.createSymbolicLink(tree.resolve("link"), Path.of("nowhere"));
    Files.writeString(Files.createDirectory(tree.resolve("dev")).resolve("file"), "left out");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_123L));
    TreeToPack kept =
        TreeToPack.installed(ImageTree.at(tree), 1, KnownFamilies.DEBIAN.attributes());
    CacheEntry entry =
        new Cache(directory.resolve("base/cache"))
            .entry(
                "base-system",
                Digest.of("key"),
                target -> {
                  Files.createDirectory(target);
                  new KeptTree(kit).keep(kept, target);
                });
    Path back = Files.createDirectory(directory.resolve("base/back"));
    new KeptTree(kit).putBack(entry, ImageTree.at(back));
    return new Listing(back).files()
        + Files.getLastModifiedTime(back.resolve("file"))
        + Files.getAttribute(back.resolve("file"), "unix:nlink")
        + found("day");
  }

  private static String found(String name) throws IOException {
    return Files.readString(directory.resolve("os/usr/share/sample").resolve(name));
  }

  /** The environment has no order, and dpkg's part of it is that of its version. */
  private static String sandbox() throws IOException {
    return found("names")
        + found("found")
            .lines()
            .filter(line -> !line.matches("(DPKG_|_=).*"))
            .sorted()
            .collect(Collectors.joining("\n"));
  }

  private static String sealing() throws IOException {
    Path os = directory.resolve("os");
    String listed =
        new Listing(os)
            .files()
            .lines()
            .filter(line -> !line.startsWith("usr/"))
            .collect(Collectors.joining("\n"));
    return listed
        + Files.readString(os.resolve("etc/shadow"))
        + Files.size(os.resolve("etc/machine-id"));
  }

  private static String parts() {
    return Stream.of("runtime", "kubernetes")
        .map(layer -> new Listing(directory.resolve(layer)))
        .map(listing -> listing.files() + listing.times())
        .collect(Collectors.joining("\n"));
  }

  private static String squashfs() throws IOException {
    StringBuilder text = new StringBuilder();
    Path tree = Files.createDirectories(directory.resolve("small/tree"));
    Files.writeString(tree.resolve("file"), "content");
    for (SquashfsCompression compression : SquashfsCompression.values()) {
      Path entry = Files.createDirectory(directory.resolve("entry-" + compression));
      TreeToPack installed =
          TreeToPack.installed(
              ImageTree.at(tree), 1_700_000_000, KnownFamilies.DEBIAN.attributes());
      new PackLayer(kit, compression).pack("os", Digest.of("key"), installed, entry);
      text.append(compression).append(superblock(entry.resolve("layer.squashfs"))).append('\n');
    }
    for (String layer : List.of("os", "runtime")) {
      text.append(layer).append(superblock(Squashfs.of(image, layer).file())).append('\n');
    }
    return text.toString();
  }

  /** With the compression's options, which stand behind it where there are any (flag bit 10). */
  private static String superblock(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      SquashfsSuperblock block = SquashfsSuperblock.read(channel);
      boolean options = (block.flags() & 1 << 10) != 0;
      ByteBuffer size = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
      channel.read(size, 96);
      ByteBuffer bytes = ByteBuffer.allocate(options ? size.getShort(0) & 0x7fff : 0);
      channel.read(bytes, 98);
      return " %d %d %d %x %s"
          .formatted(
              block.time(),
              block.blockSize(),
              block.compression(),
              block.flags(),
              HexFormat.of().formatHex(bytes.array()));
    }
  }

  private static String verity(String layer) throws IOException {
    byte[] data = new byte[300 * 4096];
    new Random(1).nextBytes(data);
    Path file = Files.write(directory.resolve("verity-" + layer), data);
    return AppendHashTree.append(layer, file).verity() + " " + Digest.of(file) + "\n";
  }

  private static String kernel() throws IOException {
    KernelTree tree = KernelTree.make(directory.resolve("modules"));
    tree.modules("modules.dep", String.join("\n", MODULES) + "\n")
        .modules("modules.alias", ALIASES)
        .modules("modules.softdep", "softdep card pre: wanted\n")
        .modules("modules.weakdep", "weakdep card asked\n")
        .file("usr/lib/firmware/card.bin", "firmware")
        .file("usr/lib/firmware/screen.bin", "firmware");
    for (String line : MODULES) {
      String module = line.substring(0, line.indexOf(':'));
      tree.module(module, module.replaceAll(".*/|ko$", "") + "bin");
    }
    Path taken = directory.resolve("taken");
    KernelFiles kernel = KernelFiles.take(tree.tree(), KnownFamilies.DEBIAN.kernel(), taken);
    StringBuilder text = new StringBuilder(new Listing(taken).names());
    for (String table : List.of("dep", "alias", "alias.disks")) {
      Path modules = kernel.library().resolve("modules").resolve(KernelTree.RELEASE);
      text.append('\n').append(Files.readString(modules.resolve("modules." + table)));
    }
    return text.append(kernel.codecs()).toString();
  }

  private static String initrd() throws IOException {
    CpioArchive archive = new CpioArchive();
    archive.addFile("bin/tool", "x".repeat(100_000).getBytes(StandardCharsets.UTF_8), 0755);
    archive.addLink("bin/link", "tool");
    archive.addDirectory("proc");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Codec codec : Codec.values()) {
      archive.writeTo(bytes, codec);
    }
    return Digest.of(bytes.toByteArray()) + "\n" + entriesOf(image.path().resolve("initrd"));
  }

  private static String entriesOf(Path initrd) throws IOException {
    StringBuilder text = new StringBuilder();
    try (InputStream file = new ZstdInputStream(Files.newInputStream(initrd));
        CpioArchiveInputStream entries = new CpioArchiveInputStream(file)) {
      for (CpioArchiveEntry each = entries.getNextEntry();
          each != null;
          each = entries.getNextEntry()) {
        if (!Listing.isForeign(each.getName())) {
          text.append(
              "%s %o %d %d %d\n"
                  .formatted(
                      each.getName(),
                      each.getMode(),
                      each.getUID(),
                      each.getGID(),
                      each.getTime()));
        }
      }
    }
    return text.toString();
  }

  /** Of packages that are made for this alone. */
  private static String kit() throws IOException {
    Path packages = Files.createDirectory(directory.resolve("kit-packages"));
    Cache cache = new Cache(directory.resolve("kit-cache"));
    Path scratch = Files.createDirectory(directory.resolve("kit-scratch"));
    Kit made =
        new PrepareKit(cache, KnownFamilies.DEBIAN.packages(), "amd64", scratch)
            .prepare(
                List.of(
                    new SmallDeb("busybox-static")
                        .directory("usr")
                        .directory("usr/bin")
                        .file("usr/bin/busybox", "0000755", "a program")
                        .write(packages),
                    new SmallDeb("tool")
                        .directory("bin")
                        .file("bin/tool", "0004755", "a tool")
                        .directory("usr/share")
                        .file("usr/share/data", "0000640", "data")
                        .symbolicLink("usr/share/link", "data")
                        .write(packages)));
    Path content = directory.resolve("kit-cache/made/kit").resolve(made.key().hex());
    return new Listing(content.resolve("content")).permissions();
  }
}
