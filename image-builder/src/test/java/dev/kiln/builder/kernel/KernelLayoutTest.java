package dev.kiln.builder.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.sandbox.ImageTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelLayoutTest {
  /** As Enterprise Linux has it. */
  private static final KernelLayout TWO_PLACES =
      new KernelLayout(
          List.of("usr/lib/modules/{release}/vmlinuz", "boot/vmlinuz-{release}"),
          List.of("usr/lib/modules/{release}/config", "boot/config-{release}"),
          "usr/lib/modules/{release}",
          "usr/lib/firmware");

  @TempDir private Path directory;

  @Test
  void findsAKernelInEitherPlaceOnce() throws IOException {
    file("usr/lib/modules/5.14.0-1.el9.x86_64/vmlinuz");
    file("boot/vmlinuz-5.14.0-1.el9.x86_64");
    file("boot/vmlinuz-3.10.0-1160.el7.x86_64");
    file("boot/System.map-4.0");
    file("usr/lib/modules/extra/readme");

    assertThat(TWO_PLACES.releasesIn(ImageTree.at(directory)))
        .containsExactly("3.10.0-1160.el7.x86_64", "5.14.0-1.el9.x86_64");
  }

  @Test
  void takesTheFirstPlaceThatHasTheKernelAndItsConfiguration() throws IOException {
    String modules = "usr/lib/modules/5.14.0/";
    file(modules + "vmlinuz");
    file(modules + "modules.dep");
    file(modules + "modules.alias");
    Files.writeString(
        directory.resolve(modules + "config"),
        "CONFIG_SQUASHFS=y\nCONFIG_BLK_DEV_INITRD=y\nCONFIG_RD_XZ=y\n");

    KernelFiles kernel =
        KernelFiles.take(ImageTree.at(directory), TWO_PLACES, directory.resolve("kernel"));

    assertThat(kernel.kernel()).hasContent(modules + "vmlinuz");
    assertThat(kernel.codecs().squashfs()).isEqualTo(Codec.GZIP);
    assertThat(kernel.codecs().initrd()).isEqualTo(Codec.XZ);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/boot/vmlinuz-{release}", "boot/vmlinuz", "boot/{release}.vmlinuz"})
  void refusesAPathThatNamesNoRelease(String path) {
    assertThatThrownBy(() -> new KernelLayout(List.of(path), List.of(), "m/{release}", "f"))
        .hasMessageContaining("'" + path + "' is not a path");
    assertThatThrownBy(() -> new KernelLayout(List.of(), List.of(), "m/{release}", "f"))
        .hasMessageContaining("where the kernel is");
  }

  private void file(String path) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, modulesTable(path) ? "" : path);
  }

  private static boolean modulesTable(String path) {
    return path.contains("modules.");
  }
}
