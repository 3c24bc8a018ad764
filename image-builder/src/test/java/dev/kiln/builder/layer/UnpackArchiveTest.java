package dev.kiln.builder.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackArchiveTest {

  @TempDir private Path directory;

  @Test
  void putsFilesBelowTheTargetWithTheirModesAndOneTime() throws IOException {
    Path archive =
        archive(file("bin/containerd", 0100755), file("bin/README", 0100640), directory("bin/"));

    unpack(archive, 1);

    Path program = tree().resolve("usr/bin/containerd");
    assertThat(program).hasContent("bin/containerd");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(program)))
        .isEqualTo("rwxr-xr-x");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(tree().resolve("usr/bin/README"))))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void keepsALinkThatStaysInside() throws IOException {
    unpack(archive(file("a/tool", 0100755), link("a/alias", "tool")), 1);

    assertThat(Files.readSymbolicLink(tree().resolve("usr/bin/alias"))).hasToString("tool");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escape", "a/../../escape", "/etc/passwd", "./../x"})
  void refusesANameThatLeavesItsDirectory(String name) throws IOException {
    Path archive = archive(file(name, 0100644));

    assertThatThrownBy(() -> unpack(archive, 0))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("the archive of pin 'tool'")
        .hasMessageContaining("leaves its directory");
    assertThat(directory.resolve("escape")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"a, ../../../etc", "a, /etc", "a/b, ../../../../x"})
  void refusesALinkThatLeavesTheTarget(String name, String target) throws IOException {
    Path archive = archive(link(name, target));

    assertThatThrownBy(() -> unpack(archive, 0))
        .hasMessageContaining("is a link that leaves /usr/bin");
  }

  @Test
  void refusesAFileThatGoesThroughALinkOfTheSameArchive() throws IOException {
    Path archive = archive(link("sub", "."), file("sub/x", 0100644));

    assertThatThrownBy(() -> unpack(archive, 0))
        .hasMessageContaining("goes through a symbolic link");
  }

  @Test
  void refusesTheSameFileTwice() throws IOException {
    Path archive = archive(file("x", 0100644), file("x", 0100644));

    assertThatThrownBy(() -> unpack(archive, 0))
        .hasMessageContaining("two parts of a layer bring '/usr/bin/x'");
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_CHR,
        TarConstants.LF_BLK,
        TarConstants.LF_FIFO,
        TarConstants.LF_LINK
      })
  void refusesWhatIsNeitherFileNorLink(byte type) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("odd", type);
    if (type == TarConstants.LF_LINK) {
      entry.setLinkName("other");
    }

    Path archive = archive(entry);

    assertThatThrownBy(() -> unpack(archive, 0))
        .hasMessageContaining("is neither a file nor a symbolic link");
  }

  @Test
  void refusesWhatIsNoSoundArchive() throws IOException {
    Path whole = archive(file("x", 0100644));
    byte[] content = Files.readAllBytes(whole);
    Path half = Files.write(directory.resolve("half"), Arrays.copyOf(content, content.length / 2));
    Path page = Files.writeString(directory.resolve("page"), "<html>Please log in</html>");

    assertThatThrownBy(() -> unpack(page, 0))
        .isInstanceOf(KilnException.class)
        .hasMessageStartingWith("the archive of pin 'tool' is no sound tar.gz: ");
    assertThatThrownBy(() -> unpack(half, 0))
        .hasMessageStartingWith("the archive of pin 'tool' is no sound tar.gz: ");
  }

  @Test
  void refusesAnArchiveOfWhichNothingIsLeft() throws IOException {
    Path archive = archive(file("bin/tool", 0100755));

    assertThatThrownBy(() -> unpack(archive, 2))
        .hasMessage(
            "the archive of pin 'tool' brings no file. Look at its 'strip:', which is 2, or pin"
                + " another archive.");
  }

  @Test
  void keepsNamesInUtf8WhateverTheLocale() throws IOException {
    unpack(archive(file("ключ", 0100644)), 0);

    assertThat(tree().resolve("usr/bin/ключ")).exists();
  }

  private Path tree() {
    return directory.resolve("tree");
  }

  private void unpack(Path archive, int strip) throws IOException {
    Files.createDirectories(tree());
    new UnpackArchive("tool", "/usr/bin", strip).unpack(archive, new LayerTree(tree()));
  }

  private Path archive(TarArchiveEntry... entries) throws IOException {
    Path file = directory.resolve("archive.tar.gz");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            new GzipCompressorOutputStream(Files.newOutputStream(file)), "UTF-8")) {
      for (TarArchiveEntry entry : entries) {
        byte[] content =
            entry.isFile() ? entry.getName().getBytes(StandardCharsets.UTF_8) : new byte[0];
        entry.setSize(entry.isLink() || entry.isSymbolicLink() ? 0 : content.length);
        tar.putArchiveEntry(entry);
        if (entry.getSize() > 0) {
          tar.write(content);
        }
        tar.closeArchiveEntry();
      }
    }
    return file;
  }

  private static TarArchiveEntry file(String name, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setMode(mode);
    return entry;
  }

  private static TarArchiveEntry directory(String name) {
    return new TarArchiveEntry(name);
  }

  private static TarArchiveEntry link(String name, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    return entry;
  }
}
