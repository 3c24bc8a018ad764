package dev.kiln.builder.kernel;

import static dev.kiln.builder.kernel.KernelTree.CARD;
import static dev.kiln.builder.kernel.KernelTree.RELEASE;
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
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class KernelModulesTest {
  @TempDir private Path directory;

  private KernelTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = KernelTree.make(directory);
  }

  @Test
  void knowsAModuleByItsNameWhateverItsCompressionAndDash() throws IOException {
    tree.modules(
        "modules.dep",
        "a/overlay.ko.xz:\na/loop.ko.zst:\na/dm-verity.ko.gz:\na/hv_vmbus.ko:\na/my-loop.ko:\n");

    KernelModules modules = read();

    assertThat(modules.named("overlay")).containsExactly("a/overlay.ko.xz");
    assertThat(modules.named("loop")).containsExactly("a/loop.ko.zst");
    assertThat(modules.named("dm_verity")).containsExactly("a/dm-verity.ko.gz");
    assertThat(modules.named("hv-vmbus")).containsExactly("a/hv_vmbus.ko");
    assertThat(modules.named("built-in")).isEmpty();
  }

  /** One name for what each architecture calls otherwise. */
  @Test
  void knowsEveryModuleBehindAnAlias() throws IOException {
    tree.modules("modules.dep", "a/sha256-ssse3.ko:\na/sha256_generic.ko:\na/sha512.ko:\n")
        .modules(
            "modules.alias",
            """
            # Aliases extracted from modules themselves.
            alias crypto-sha256 sha256_ssse3
            alias crypto-sha256 sha256_generic
            alias crypto-sha512 sha512
            """);

    assertThat(read().named("crypto-sha256"))
        .containsExactly("a/sha256-ssse3.ko", "a/sha256_generic.ko");
  }

  @Test
  void findsAllThatModulesDependOn() throws IOException {
    tree.modules(
        "modules.dep", "a.ko: b.ko c.ko\nb.ko: d.ko\nc.ko:\nd.ko: b.ko\ne.ko: f.ko\nf.ko:\n");

    assertThat(read().withAllTheyNeed(List.of("a.ko")))
        .containsExactly("a.ko", "b.ko", "c.ko", "d.ko");
  }

  /** As a card wants the driver of its PHY, and a library an implementation of a checksum. */
  @Test
  void findsAllThatModulesWantOrMayAskFor() throws IOException {
    tree.modules(
            "modules.dep",
            """
            card.ko: lib.ko
            lib.ko:
            real-phy.ko: bus.ko
            bus.ko:
            sum-fast.ko:
            sum.ko:
            late.ko:
            asked.ko:
            nobodys.ko:
            """)
        .modules("modules.alias", "alias crypto-sum sum_fast\nalias crypto-sum sum\n")
        .modules(
            "modules.softdep",
            """
            # Soft dependencies extracted from modules themselves.
            softdep card pre: real_phy built_in post: late
            softdep lib pre: crypto-sum
            softdep lib nobodys
            softdep card
            """)
        .modules("modules.weakdep", "weakdep real-phy asked\n");

    assertThat(read().withAllTheyNeed(List.of("card.ko")))
        .containsExactly(
            "asked.ko",
            "bus.ko",
            "card.ko",
            "late.ko",
            "lib.ko",
            "real-phy.ko",
            "sum-fast.ko",
            "sum.ko");
  }

  @Test
  void loadsWhatAModuleWantsFirstByItsNameBeforeIt() throws IOException {
    tree.modules(
            "modules.dep",
            """
            card.ko: high.ko low.ko
            high.ko: low.ko
            low.ko:
            phy.ko: bus.ko
            bus.ko:
            sum.ko:
            late.ko:
            round.ko:
            """)
        .modules("modules.alias", "alias crypto-sum sum\n")
        .modules(
            "modules.softdep",
            """
            softdep high pre: phy crypto-sum post: late
            softdep phy pre: round
            softdep round pre: card
            """);

    assertThat(read().inLoadOrder("card.ko"))
        .containsExactly("low.ko", "round.ko", "bus.ko", "phy.ko", "high.ko", "card.ko");
  }

  @Test
  void readsTheFirmwareThatAModuleNames() throws IOException {
    tree.module(CARD, "maker/b.bin", "maker/a-1.2,v3.bin");

    assertThat(read().file(CARD).firmware()).containsExactly("maker/a-1.2,v3.bin", "maker/b.bin");
  }

  @Test
  void takesModulesOutOfTheirCompression() throws IOException {
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
      ModuleFile file = read().file(name);
      assertThat(file.name()).isEqualTo("a.ko");
      assertThat(file.content()).isEqualTo(module);
      assertThat(file.firmware()).containsExactly("maker/card.bin");
    }
  }

  @Test
  void refusesALineThatNamesNoModule() throws IOException {
    tree.modules("modules.dep", CARD + ":\nnonsense\n");

    assertThatThrownBy(this::read).hasMessageContaining("modules.dep:2: there is no ':'");
  }

  private KernelModules read() {
    return KernelModules.read(ImageTree.at(directory), "usr/lib/modules/" + RELEASE);
  }
}
