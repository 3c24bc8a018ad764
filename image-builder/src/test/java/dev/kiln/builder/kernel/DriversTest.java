package dev.kiln.builder.kernel;

import static dev.kiln.builder.kernel.KernelTree.CARD;
import static dev.kiln.builder.kernel.KernelTree.RELEASE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.initrd.BuildInitrd;
import dev.kiln.builder.sandbox.ImageTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriversTest {
  private static final Pattern ASKED = Pattern.compile("(?m)^ *modprobe -a -q ([a-z][^$\n]*)$");

  @TempDir private Path directory;

  @Test
  void areNetworkCardsAndWhatTheInitrdAsksForWithAllTheyDependOn() throws IOException {
    Drivers drivers =
        of(
            """
            kernel/drivers/net/ethernet/maker/card.ko: kernel/lib/first.ko
            kernel/lib/first.ko:
            kernel/fs/overlayfs/overlay.ko:
            kernel/arch/x86/crypto/sha256-ssse3.ko: kernel/lib/second.ko
            kernel/lib/second.ko:
            kernel/drivers/net/wireless/antenna.ko: kernel/lib/third.ko
            kernel/lib/third.ko:
            """,
            """
            alias fs-overlay overlay
            alias crypto-sha256 sha256_ssse3
            """);

    assertThat(drivers.network())
        .containsExactly(
            "kernel/arch/x86/crypto/sha256-ssse3.ko",
            CARD,
            "kernel/fs/overlayfs/overlay.ko",
            "kernel/lib/first.ko",
            "kernel/lib/second.ko");
    assertThat(drivers.disks()).isEmpty();
  }

  @Test
  void areThoseOfDisksToo() throws IOException {
    Drivers drivers =
        of(
            """
            kernel/drivers/nvme/host/nvme.ko: kernel/drivers/virtio/virtio.ko
            kernel/drivers/virtio/virtio.ko:
            kernel/fs/ext4/ext4.ko:
            kernel/drivers/gpu/screen.ko:
            """,
            "alias fs-ext4 ext4\n");

    assertThat(drivers.disks())
        .containsExactly("kernel/drivers/nvme/host/nvme.ko", "kernel/fs/ext4/ext4.ko");
    assertThat(drivers.network()).containsExactly("kernel/drivers/virtio/virtio.ko");
    assertThat(drivers.all()).hasSize(3);
  }

  @Test
  void areCardsBehindUsbForABootOverTheNetwork() throws IOException {
    Drivers drivers =
        of(
            """
            kernel/drivers/net/usb/stick.ko:
            kernel/drivers/usb/host/xhci-pci.ko: kernel/drivers/usb/core/usbcore.ko
            kernel/drivers/usb/core/usbcore.ko:
            kernel/drivers/usb/storage/usb-storage.ko:
            """,
            "");

    assertThat(drivers.network())
        .containsExactly(
            "kernel/drivers/net/usb/stick.ko",
            "kernel/drivers/usb/core/usbcore.ko",
            "kernel/drivers/usb/host/xhci-pci.ko");
  }

  @Test
  void areNoneOfDisksBehindANetworkOfTheirOwn() throws IOException {
    Drivers drivers =
        of(
            """
            kernel/drivers/scsi/maker/raid.ko: kernel/drivers/scsi/scsi_mod.ko
            kernel/drivers/scsi/scsi_mod.ko:
            kernel/drivers/scsi/fibre.ko: kernel/drivers/scsi/scsi_transport_fc.ko
            kernel/drivers/scsi/hv_storvsc.ko: kernel/drivers/scsi/scsi_transport_fc.ko
            kernel/drivers/scsi/scsi_transport_fc.ko:
            """,
            "");

    assertThat(drivers.disks())
        .containsExactly(
            "kernel/drivers/scsi/hv_storvsc.ko",
            "kernel/drivers/scsi/maker/raid.ko",
            "kernel/drivers/scsi/scsi_mod.ko",
            "kernel/drivers/scsi/scsi_transport_fc.ko");
  }

  /** One list here and in the script; neither names an architecture's own module. */
  @Test
  void areAllThatTheInitrdsScriptAsksForByName() throws IOException {
    List<String> asked =
        ASKED
            .matcher(script())
            .results()
            .flatMap(m -> List.of(m.group(1).split(" ")).stream())
            .toList();

    assertThat(asked).contains("loop", "dm-verity", "crypto-sha256");
    assertThat(Drivers.names()).containsAll(asked);
    assertThat(Drivers.names()).noneMatch(name -> name.matches(".*(ssse3|avx|arm64|x86|neon).*"));
  }

  private Drivers of(String dependencies, String aliases) throws IOException {
    KernelTree.make(directory)
        .modules("modules.dep", dependencies)
        .modules("modules.alias", aliases);
    return Drivers.of(KernelModules.read(ImageTree.at(directory), "usr/lib/modules/" + RELEASE));
  }

  private static String script() throws IOException {
    try (InputStream in = BuildInitrd.class.getResourceAsStream("init")) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
