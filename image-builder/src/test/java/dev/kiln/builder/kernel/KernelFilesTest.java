package dev.kiln.builder.kernel;

import static dev.kiln.builder.kernel.KernelTree.CARD;
import static dev.kiln.builder.kernel.KernelTree.RELEASE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.kernel.KernelCodecs.Evidence;
import dev.kiln.failure.KilnException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class KernelFilesTest {
  @TempDir private Path directory;

  private KernelTree tree;
  private Path secret;

  @BeforeEach
  void makeTree() throws IOException {
    tree = KernelTree.make(directory.resolve("tree"));
    secret = Files.writeString(directory.resolve("secret"), "the host's secret");
  }

  @Test
  void takesTheKernelItsChosenModulesAndTheirFirmware() throws IOException {
    tree.module(CARD, "maker/card.bin", "maker/not-packaged.bin")
        .module("kernel/drivers/gpu/screen.ko", "screen.bin")
        .file("usr/lib/firmware/maker/card.bin", "firmware")
        .file("usr/lib/firmware/screen.bin", "firmware")
        .modules("modules.dep", CARD + ":\nkernel/drivers/gpu/screen.ko:\n");

    KernelFiles kernel = take();

    assertThat(kernel.release()).isEqualTo(RELEASE);
    assertThat(kernel.directory().resolve("vmlinuz")).hasContent("the kernel");
    assertThat(filesBelow(kernel.library()))
        .containsExactly(
            "firmware/maker/card.bin",
            "modules/" + RELEASE + "/" + CARD,
            "modules/" + RELEASE + "/modules.alias",
            "modules/" + RELEASE + "/modules.alias.disks",
            "modules/" + RELEASE + "/modules.dep");
  }

  /** No modprobe of busybox reads every compression, and not every kernel reads firmware's. */
  @Test
  void takesModulesAndFirmwareOutOfTheirCompression() throws IOException {
    tree.file(
            "usr/lib/modules/" + RELEASE + "/" + CARD + ".xz",
            compressed("ELF\0firmware=card.bin\0"))
        .file("usr/lib/firmware/card.bin.xz", compressed("firmware"))
        .modules("modules.dep", CARD + ".xz: kernel/lib/first.ko.zst\nkernel/lib/first.ko.zst:\n")
        .file(
            "usr/lib/modules/" + RELEASE + "/kernel/lib/first.ko.zst",
            Zstd.compress("first".getBytes(UTF_8)));

    Path library = take().library();

    Path modules = library.resolve("modules/" + RELEASE);
    assertThat(modules.resolve(CARD)).hasContent("ELF\0firmware=card.bin\0");
    assertThat(modules.resolve("kernel/lib/first.ko")).hasContent("first");
    assertThat(modules.resolve("modules.dep"))
        .hasContent(CARD + ": kernel/lib/first.ko\nkernel/lib/first.ko:\n");
    assertThat(library.resolve("firmware/card.bin")).hasContent("firmware");
  }

  @Test
  void refusesAModuleThatIsNotCompressedAsItsNameSays() throws IOException {
    tree.modules("modules.dep", CARD + ".xz:\n").modules(CARD + ".xz", "plain");

    assertNothingGetsOut(CARD + ".xz is not compressed as its name says");
  }

  /** A boot over the network never asks for them: controllers of many disks take their time. */
  @Test
  void keepsTheAliasesOfDisksApart() throws IOException {
    tree.module(CARD)
        .module("kernel/drivers/nvme/host/nvme.ko")
        .modules("modules.dep", CARD + ":\nkernel/drivers/nvme/host/nvme.ko:\n")
        .modules("modules.alias", "alias pci:v1* card\nalias pci:v2* nvme\n");

    Path modules = take().library().resolve("modules/" + RELEASE);

    assertThat(modules.resolve("modules.alias")).hasContent("alias pci:v1* card\n");
    assertThat(modules.resolve("modules.alias.disks")).hasContent("alias pci:v2* nvme\n");
  }

  @Test
  void remembersWhatTheKernelCanRead() throws IOException {
    tree.file(
        "boot/config-" + RELEASE,
        "CONFIG_SQUASHFS=m\nCONFIG_SQUASHFS_XZ=y\nCONFIG_BLK_DEV_INITRD=y\nCONFIG_RD_GZIP=y\n");

    take();

    assertThat(new KernelFiles(directory.resolve("kernel")).codecs())
        .isEqualTo(new KernelCodecs(Codec.XZ, Codec.GZIP, Evidence.CONFIGURATION));
    assertThat(new KernelFiles(directory.resolve("kernel")).release()).isEqualTo(RELEASE);
  }

  @Test
  void goesByTheVersionWhereNoPackageBringsAConfiguration() {
    assertThat(take().codecs())
        .isEqualTo(new KernelCodecs(Codec.ZSTD, Codec.ZSTD, Evidence.VERSION));
  }

  @Test
  void readsNoConfigurationOutsideTheTree() throws IOException {
    Files.writeString(secret, "CONFIG_SQUASHFS=n");
    Files.createSymbolicLink(tree.root().resolve("boot/config-" + RELEASE), secret);

    assertThat(take().codecs().evidence()).isEqualTo(Evidence.VERSION);
  }

  @Test
  void followsLinksInsideTheTree() throws IOException {
    tree.module(CARD, "card.bin")
        .file("usr/lib/firmware/real.bin", "firmware")
        .modules("modules.dep", CARD + ":\n");
    Files.createSymbolicLink(
        tree.root().resolve("usr/lib/firmware/card.bin"), Path.of("/usr/lib/firmware/real.bin"));

    assertThat(take().library().resolve("firmware/card.bin")).hasContent("firmware");
  }

  @Test
  void takesNoKernelFromOutsideTheTree() throws IOException {
    Path kernel = tree.root().resolve("boot/vmlinuz-" + RELEASE);
    Files.delete(kernel);
    Files.createSymbolicLink(kernel, secret);

    assertNothingGetsOut("boot/vmlinuz-" + RELEASE);
  }

  @Test
  void takesNoModuleFromOutsideTheTree() throws IOException {
    tree.modules("modules.dep", CARD + ":\n").module(CARD);
    Path module = tree.root().resolve("usr/lib/modules/" + RELEASE).resolve(CARD);
    Files.delete(module);
    Files.createSymbolicLink(module, secret);

    assertNothingGetsOut(CARD);
  }

  @Test
  void readsNoTableOutsideTheTree() throws IOException {
    Path real = Files.createDirectory(directory.resolve("modules"));
    Files.writeString(real.resolve("modules.dep"), "");
    Files.writeString(real.resolve("modules.alias"), "");
    Path modules = tree.root().resolve("usr/lib/modules/" + RELEASE);
    Files.move(modules, directory.resolve("moved"));
    Files.createSymbolicLink(modules, real);

    assertNothingGetsOut("modules.dep");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernel/drivers/net/ethernet/../../../../../../../../../secret",
        "kernel/drivers/net/ethernet/./card.ko",
        "kernel/drivers/net/ethernet//card.ko",
        "/kernel/loop.ko",
        "/etc/loop.ko",
        "../loop.ko",
        "kernel/a b/loop.ko"
      })
  void refusesAModuleWhosePathIsNotPlain(String path) throws IOException {
    tree.modules("modules.dep", path + ":\n");

    assertNothingGetsOut("modules.dep:1: '" + path + "' is not a plain path");
  }

  @Test
  void refusesADependencyWhosePathIsNotPlain() throws IOException {
    tree.module(CARD).modules("modules.dep", CARD + ": kernel/../../../../../../secret\n");

    assertNothingGetsOut("'kernel/../../../../../../secret' is not a plain path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../etc/shadow", "/etc/shadow", "a/../../../../etc/shadow", "a//b"})
  void refusesFirmwareWhosePathIsNotPlain(String name) throws IOException {
    tree.module(CARD, name)
        .modules("modules.dep", CARD + ":\n")
        .file("etc/shadow", "root:secret")
        .file("usr/lib/firmware/a/b", "firmware");

    assertNothingGetsOut("'" + name + "' is not a plain path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "", ".hidden", "a b"})
  void refusesAReleaseThatIsNone(String release) throws IOException {
    Files.delete(tree.root().resolve("boot/vmlinuz-" + RELEASE));
    tree.file("boot/vmlinuz-" + release, "the kernel")
        .file("usr/lib/modules/" + release + "/modules.dep", "")
        .file("usr/lib/modules/" + release + "/modules.alias", "");

    assertNothingGetsOut("'" + release + "' is not a kernel's release");
  }

  @Test
  void refusesNoKernelAndTwoKernels() throws IOException {
    tree.file("boot/vmlinuz-6.2", "another");
    assertNothingGetsOut("the packages bring " + RELEASE + ", 6.2");

    Files.delete(tree.root().resolve("boot/vmlinuz-6.2"));
    Files.delete(tree.root().resolve("boot/vmlinuz-" + RELEASE));
    assertNothingGetsOut("the packages bring none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"modules.dep", "modules.alias", CARD})
  void refusesAFileLargerThanAnyKernelHas(String file) throws IOException {
    tree.module(CARD).modules("modules.dep", CARD + ":\n");
    Path large = tree.root().resolve("usr/lib/modules/" + RELEASE).resolve(file);
    try (FileChannel channel = FileChannel.open(large, StandardOpenOption.WRITE)) {
      channel.write(
          java.nio.ByteBuffer.wrap("\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
          1L << 30);
    }

    assertNothingGetsOut("has more than");
  }

  private static byte[] compressed(String content) throws IOException {
    ByteArrayOutputStream xz = new ByteArrayOutputStream();
    try (OutputStream out = new XZOutputStream(xz, new LZMA2Options(1))) {
      out.write(content.getBytes(UTF_8));
    }
    return xz.toByteArray();
  }

  private void assertNothingGetsOut(String message) throws IOException {
    assertThatThrownBy(this::take).isInstanceOf(KilnException.class).hasMessageContaining(message);
    Path target = directory.resolve("kernel");
    List<String> written = Files.exists(target) ? filesBelow(target) : List.of();
    assertThat(written)
        .allSatisfy(file -> assertThat(target.resolve(file)).content().doesNotContain("secret"));
    try (Stream<Path> beside = Files.list(directory)) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .isSubsetOf("tree", "secret", "kernel", "modules", "moved");
    }
  }

  private KernelFiles take() {
    return KernelFiles.take(
        tree.tree(), KnownFamilies.DEBIAN.kernel(), directory.resolve("kernel"));
  }

  private static List<String> filesBelow(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
