package dev.kiln.builder.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerTreeTest {
  @TempDir private Path directory;

  private LayerTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = new LayerTree(Files.createDirectory(directory.resolve("tree")));
  }

  @ParameterizedTest
  @CsvSource({
    "0755, rwxr-xr-x",
    "0644, rw-r--r--",
    "0600, rw-------",
    "0000, ---------",
    "0777, rwxrwxrwx"
  })
  void givesFilesAndDirectoriesTheirModes(String octal, String mode) throws IOException {
    tree.addFile("/etc/deep/file", content(), Integer.parseInt(octal, 8));
    // As a narrow umask makes it.
    Files.setPosixFilePermissions(tree.root(), PosixFilePermissions.fromString("rwx------"));
    tree.finish();

    Path file = tree.root().resolve("etc/deep/file");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(mode);
    for (String path : List.of("", "etc", "etc/deep")) {
      Path each = tree.root().resolve(path);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .as(path)
          .isEqualTo("rwxr-xr-x");
    }
  }

  @Test
  void putsALinkWhateverItsTarget() throws IOException {
    tree.addLink("/etc/resolv.conf", "/run/systemd/resolve/stub-resolv.conf");

    assertThat(Files.readSymbolicLink(tree.root().resolve("etc/resolv.conf")))
        .hasToString("/run/systemd/resolve/stub-resolv.conf");
  }

  @Test
  void namesTheTwoPartsThatBringTheSameFile() throws IOException {
    tree.begin("crictl");
    tree.addFile("/usr/bin/tool", content(), 0755);
    tree.begin("cni");

    assertThatThrownBy(() -> tree.addFile("/usr/bin/tool", content(), 0755))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("two parts of a layer bring '/usr/bin/tool': crictl and cni");
    assertThatThrownBy(() -> tree.addLink("/usr/bin/tool", "other"))
        .hasMessageContaining("crictl and cni");
    assertThatThrownBy(() -> tree.addFile("/usr/bin/tool/below", content(), 0755))
        .hasMessageContaining(
            "goes through '/usr/bin/tool', a file of the same layer: crictl and cni");
    assertThatThrownBy(() -> tree.addFile("/usr/bin", content(), 0755))
        .hasMessageContaining("two parts of a layer bring '/usr/bin'");
  }

  @Test
  void putsNothingThroughALink() throws IOException {
    Path victim = Files.createDirectory(directory.resolve("victim"));
    tree.addLink("/opt/out", victim.toString());

    assertThatThrownBy(() -> tree.addFile("/opt/out/file", content(), 0644))
        .hasMessageContaining("goes through a symbolic link of the same layer");
    assertThatThrownBy(() -> tree.addFile("/opt/out/a/b/file", content(), 0644))
        .hasMessageContaining("goes through a symbolic link of the same layer");
    assertThat(victim).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "relative", "/../victim", "/a/../../victim", "/a/.."})
  void refusesWhatIsNoPathInAnImage(String path) {
    assertThatThrownBy(() -> tree.addFile(path, content(), 0644))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("is not a path in an image");
    assertThat(directory).isDirectoryNotContaining("glob:**/victim");
  }

  @ParameterizedTest
  @ValueSource(ints = {04755, -1, 01777})
  void hasNoSetIdFiles(int mode) {
    assertThatThrownBy(() -> tree.addFile("/usr/bin/tool", content(), mode))
        .hasMessageContaining("a file of a layer has no mode");
  }

  private static ByteArrayInputStream content() {
    return new ByteArrayInputStream("content".getBytes(UTF_8));
  }
}
