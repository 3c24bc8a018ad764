package dev.kiln.builder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTreeTest {
  @TempDir private Path directory;

  private Path root;
  private ImageTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    root = directory.resolve("tree");
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/os-release"), "of the tree");
    Files.writeString(directory.resolve("secret"), "of the host");
    Files.createSymbolicLink(root.resolve("inside"), Path.of("/etc/os-release"));
    Files.createSymbolicLink(root.resolve("outside"), Path.of("../secret"));
    Files.createSymbolicLink(root.resolve("absolute"), directory.resolve("secret"));
    Files.createSymbolicLink(root.resolve("above"), Path.of("../.."));
    tree = ImageTree.at(root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"etc/os-release", "/etc/os-release", "inside", "above/etc/os-release"})
  void readsAndCopiesWhatTheTreesOwnProgramsWouldSee(String path) {
    tree.copy(path, directory.resolve("copy"), 11);

    assertThat(tree.read(path, 11)).asString().isEqualTo("of the tree");
    assertThat(directory.resolve("copy")).hasContent("of the tree");
    assertThat(tree.exists(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"outside", "absolute", "above/secret", "../secret", "etc", "absent"})
  void readsAndCopiesNothingElse(String path) {
    assertThatThrownBy(() -> tree.read(path, 100))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("/" + path + " of the tree is no file");
    assertThatThrownBy(() -> tree.copy(path, directory.resolve("copy"), 100))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("/" + path + " of the tree is no file");
    assertThat(directory.resolve("copy")).doesNotExist();
  }

  @Test
  void refusesALargerFileThanItsReaderWants() {
    assertThatThrownBy(() -> tree.read("etc/os-release", 10)).hasMessageContaining("more than 10");
    assertThatThrownBy(() -> tree.copy("etc/os-release", directory.resolve("copy"), 10))
        .hasMessageContaining("more than 10");
    assertThat(directory.resolve("copy")).doesNotExist();
  }

  @Test
  void listsTheNamesInADirectoryOfTheTree() {
    assertThat(tree.list("etc")).containsExactly("os-release");
    assertThat(tree.list("above")).containsExactly("above", "absolute", "etc", "inside", "outside");
    assertThat(tree.list("absent")).isEmpty();
    assertThat(tree.list("inside")).isEmpty();
  }

  @Test
  void findsWhatIsBelowADirectoryAndFollowsNoLinkThere() throws IOException {
    Files.createDirectories(root.resolve("etc/deep/empty"));
    Files.createSymbolicLink(root.resolve("etc/deep/up"), Path.of("/"));

    assertThat(tree.entriesBelow("above/etc", 2))
        .containsExactly(
            new ImageTree.Entry("deep/up", OptionalLong.empty()),
            new ImageTree.Entry("os-release", OptionalLong.of(11)));
    assertThat(tree.entriesBelow("absent", 1)).isEmpty();
    assertThat(tree.entriesBelow("absolute", 1)).isEmpty();
    assertThatThrownBy(() -> tree.entriesBelow("etc", 1)).hasMessageContaining("more than 1 files");
  }

  @Test
  void readsTheStartOfAFile() {
    assertThat(tree.start("inside", 2)).asString().isEqualTo("of");
    assertThat(tree.start("inside", 100)).asString().isEqualTo("of the tree");
    assertThatThrownBy(() -> tree.start("absolute", 2)).hasMessageContaining("is no file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inside", "/etc/os-release", "above/etc/../inside"})
  void saysWhereAPathLeadsInTheTree(String path) {
    assertThat(tree.real(path)).isEqualTo("/etc/os-release");
  }

  @Test
  void knowsWhatIsNotThere() {
    assertThat(tree.exists("etc")).isTrue();
    assertThat(tree.exists("outside")).isFalse();
    assertThat(tree.exists("absolute")).isFalse();
  }
}
