package dev.kiln.builder.initrd;

import static dev.kiln.builder.initrd.KernelTree.CARD;
import static dev.kiln.builder.initrd.KernelTree.RELEASE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.kiln.builder.sandbox.ImageTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class KernelModulesTest {
  private static final String OVERLAY = "kernel/fs/overlayfs/overlay.ko";

  @TempDir private Path directory;

  private KernelTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = KernelTree.make(directory);
  }

  @Test
  void choosesNetworkCardsAndWhatTheInitrdAsksForWithAllTheyDependOn() throws IOException {
    tree.modules(
        "modules.dep",
        """
        kernel/drivers/net/ethernet/maker/card.ko: kernel/lib/first.ko kernel/lib/second.ko
        kernel/lib/first.ko: kernel/lib/third.ko
        kernel/lib/second.ko:
        kernel/lib/third.ko: kernel/lib/first.ko
        kernel/fs/overlayfs/overlay.ko:
        kernel/drivers/net/wireless/antenna.ko: kernel/lib/fourth.ko
        kernel/lib/fourth.ko:
        """);

    assertThat(read().forInitrd())
        .containsExactly(
            CARD, OVERLAY, "kernel/lib/first.ko", "kernel/lib/second.ko", "kernel/lib/third.ko");
  }

  @Test
  void knowsAModuleByItsNameWhateverItsCompression() throws IOException {
    tree.modules(
        "modules.dep",
        "kernel/a/overlay.ko.xz:\nkernel/a/loop.ko.zst:\nkernel/a/squashfs.ko.gz:\nkernel/a/my-loop.ko:\n");

    assertThat(read().forInitrd())
        .containsExactly(
            "kernel/a/loop.ko.zst", "kernel/a/overlay.ko.xz", "kernel/a/squashfs.ko.gz");
  }

  @Test
  void cutsTheTablesToWhatIsThere() throws IOException {
    tree.modules(
            "modules.dep",
            """
            kernel/a/dm-verity.ko: kernel/a/dm-mod.ko
            kernel/a/dm-mod.ko:
            kernel/a/other.ko:
            """)
        .modules(
            "modules.alias",
            """
            # Aliases extracted from modules themselves.
            alias devname:mapper/control dm_mod
            alias target-* dm_verity
            alias other-* other
            """);

    var tables = read().tablesFor(Set.of("kernel/a/dm-verity.ko", "kernel/a/dm-mod.ko"));

    assertThat(new String(tables.get("modules.dep"), ISO_8859_1))
        .isEqualTo("kernel/a/dm-mod.ko:\nkernel/a/dm-verity.ko: kernel/a/dm-mod.ko\n");
    assertThat(new String(tables.get("modules.alias"), ISO_8859_1))
        .isEqualTo("alias devname:mapper/control dm_mod\nalias target-* dm_verity\n");
  }

  @Test
  void readsTheFirmwareThatModulesName() throws IOException {
    tree.module(CARD, "maker/b.bin", "maker/a-1.2,v3.bin").module(OVERLAY);

    assertThat(read().firmwareOf(List.of(CARD, OVERLAY)))
        .containsExactly("maker/a-1.2,v3.bin", "maker/b.bin");
  }

  @Test
  void readsTheFirmwareThatCompressedModulesName() throws IOException {
    byte[] module = "ELF\0firmware=maker/card.bin\0".getBytes(ISO_8859_1);
    ByteArrayOutputStream xz = new ByteArrayOutputStream();
    try (OutputStream out = new XZOutputStream(xz, new LZMA2Options(1))) {
      out.write(module);
    }
    ByteArrayOutputStream gz = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gz)) {
      out.write(module);
    }
    tree.modules("a.ko.xz", xz.toString(ISO_8859_1))
        .modules("a.ko.gz", gz.toString(ISO_8859_1))
        .modules("a.ko.zst", new String(Zstd.compress(module), ISO_8859_1));

    for (String name : List.of("a.ko.xz", "a.ko.gz", "a.ko.zst")) {
      assertThat(read().firmwareOf(List.of(name))).as(name).containsExactly("maker/card.bin");
    }
  }

  @Test
  void refusesALineThatNamesNoModule() throws IOException {
    tree.modules("modules.dep", CARD + ":\nnonsense\n");

    assertThatThrownBy(this::read).hasMessageContaining("modules.dep:2: there is no ':'");
  }

  private KernelModules read() {
    return KernelModules.read(ImageTree.at(directory), RELEASE);
  }
}
