package dev.kiln.builder.initrd;

import static dev.kiln.builder.initrd.KernelTree.CARD;
import static dev.kiln.builder.initrd.KernelTree.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import java.io.IOException;
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
    assertThat(kernel.kernel()).hasContent("the kernel");
    assertThat(filesBelow(kernel.library()))
        .containsExactly(
            "firmware/maker/card.bin",
            "modules/" + RELEASE + "/" + CARD,
            "modules/" + RELEASE + "/modules.alias",
            "modules/" + RELEASE + "/modules.dep");
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
    return KernelFiles.take(ImageTree.at(tree.root()), directory.resolve("kernel"));
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
