package dev.kiln.builder.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractTreeTest {
  @TempDir private Path directory;

  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    Files.writeString(directory.resolve("victim"), "untouched");
  }

  @Test
  void placesFilesDirectoriesAndLinks() throws IOException {
    extract(
        of("./", TarConstants.LF_DIR, ""),
        of("./a/", TarConstants.LF_DIR, ""),
        of("./a/", TarConstants.LF_DIR, ""),
        of("./a/file", TarConstants.LF_NORMAL, ""),
        of("./a/file", TarConstants.LF_NORMAL, ""),
        of("./a/same", TarConstants.LF_LINK, "./a/file"),
        of("./a/link", TarConstants.LF_SYMLINK, "/etc/passwd"));

    assertThat(root.resolve("a/file")).hasContent("content");
    assertThat(Files.isSameFile(root.resolve("a/file"), root.resolve("a/same"))).isTrue();
    assertThat(Files.readSymbolicLink(root.resolve("a/link"))).hasToString("/etc/passwd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../victim", "a/../../victim", "/victim"})
  void refusesANameThatLeavesTheTree(String name) {
    assertRefused("leaves the tree", of(name, TarConstants.LF_NORMAL, ""));
  }

  @Test
  void namesTheDirectoryThatNoPackageHas() {
    assertRefused(
        "no package of the kit has the directory", of("absent/file", TarConstants.LF_NORMAL, ""));
  }

  @Test
  void refusesAFileThroughALinkThatLeavesTheTree() {
    assertRefused(
        "leaves the tree",
        of("out", TarConstants.LF_SYMLINK, directory.toString()),
        of("out/victim", TarConstants.LF_NORMAL, ""));
  }

  @Test
  void replacesALinkAndNotWhatItLeadsTo() throws IOException {
    extract(of("out", TarConstants.LF_SYMLINK, "../victim"), of("out", TarConstants.LF_NORMAL, ""));

    assertThat(root.resolve("out")).hasContent("content");
    assertThat(directory.resolve("victim")).hasContent("untouched");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../victim", "/victim"})
  void refusesAHardLinkToAFileOutside(String target) {
    assertRefused("leaves the tree", of("mine", TarConstants.LF_LINK, target));
  }

  @ParameterizedTest
  @ValueSource(bytes = {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO})
  void refusesDevicesAndPipes(byte type) {
    assertRefused("is neither a file, a link nor a directory", of("odd", type, ""));
  }

  @Test
  void refusesAFileWhereADirectoryIs() {
    assertRefused(
        "stands where a directory is",
        of("a/", TarConstants.LF_DIR, ""),
        of("a/b", TarConstants.LF_NORMAL, ""),
        of("a", TarConstants.LF_NORMAL, ""));
  }

  private void assertRefused(String why, TarArchiveEntry... entries) {
    assertThatThrownBy(() -> extract(entries))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining(why);
    assertThat(directory.resolve("victim")).hasContent("untouched");
    try (Stream<Path> beside = Files.list(directory)) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("root", "victim", "kit.tar");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void extract(TarArchiveEntry... entries) throws IOException {
    Path tar = directory.resolve("kit.tar");
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      for (TarArchiveEntry entry : entries) {
        boolean file = entry.getLinkFlag() == TarConstants.LF_NORMAL;
        entry.setSize(file ? content.length : 0);
        out.putArchiveEntry(entry);
        if (file) {
          out.write(content);
        }
        out.closeArchiveEntry();
      }
    }
    ExtractTree.extract(tar, root);
  }

  private static TarArchiveEntry of(String name, byte type, String link) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setLinkName(link);
    return entry;
  }
}
