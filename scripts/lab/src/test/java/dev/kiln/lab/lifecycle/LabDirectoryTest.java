package dev.kiln.lab.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabDirectoryTest {
  @TempDir private Path base;

  @Test
  void belongsToOneKeeperAtATime() {
    LabDirectory directory = new LabDirectory(base.resolve("lab"));

    try (LabDirectory.Claim claim = directory.claim().orElseThrow()) {
      assertThat(directory.claim()).isEmpty();
      assertThat(directory.isUp()).isTrue();
      assertThat(directory.keeper()).contains(ProcessHandle.current());
      assertThat(claim.channel().isOpen()).isTrue();
    }
    assertThat(directory.isUp()).isFalse();
  }

  @Test
  void isItsOwnersAlone() throws IOException {
    LabDirectory directory = new LabDirectory(base.resolve("lab"));

    try (LabDirectory.Claim claim = directory.claim().orElseThrow()) {
      assertThat(claim.channel().isOpen()).isTrue();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void isEmptiedWithoutFollowingLinksToImages() throws IOException {
    Path image = Files.createDirectories(base.resolve("image"));
    Files.writeString(image.resolve("manifest.json"), "{}");
    LabDirectory directory = new LabDirectory(base.resolve("lab"));
    Path images = Files.createDirectories(directory.bootServer().resolve("images"));
    Files.createSymbolicLink(images.resolve("node"), image);

    directory.empty();

    assertThat(directory.bootServer()).doesNotExist();
    assertThat(image.resolve("manifest.json")).exists();
  }

  @Test
  void isNoneThatHoldsOtherFiles() throws IOException {
    Path thesis = Files.createDirectories(base.resolve("mine")).resolve("thesis.txt");
    Files.writeString(thesis, "years of work");
    Path lock = Files.writeString(base.resolve("mine/lock"), "combination 12-34-56");
    LabDirectory directory = new LabDirectory(base.resolve("mine"));

    assertThatThrownBy(directory::claim)
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("mine holds other files, and is no lab's directory");
    assertThat(thesis).hasContent("years of work");
    assertThat(lock).hasContent("combination 12-34-56");
  }

  @Test
  void isTheOneOfALabFromBeforeThereWereMarks() throws IOException {
    LabDirectory directory = new LabDirectory(base.resolve("lab"));
    Files.createDirectories(directory.machine("node"));
    Files.writeString(directory.path().resolve("lock"), "1");
    Files.writeString(directory.log("bootserver"), "words");

    try (LabDirectory.Claim claim = directory.claim().orElseThrow()) {
      assertThat(claim.channel().isOpen()).isTrue();
      directory.empty();
      Path note = Files.writeString(directory.path().resolve("note"), "mine");
      directory.empty();
      assertThat(note).exists();
    }

    assertThat(directory.machine("node")).doesNotExist();
    assertThat(directory.log("bootserver")).doesNotExist();
    directory.claim().orElseThrow().close();
  }

  @Test
  void hasANamespaceOfItsOwn() {
    LabDirectory one = new LabDirectory(base.resolve("one"));
    LabDirectory other = new LabDirectory(base.resolve("other"));

    assertThat(one.namespace()).isNotEqualTo(other.namespace());
    assertThat(one.namespace()).isEqualTo(new LabDirectory(base.resolve("one")).namespace());
  }
}
