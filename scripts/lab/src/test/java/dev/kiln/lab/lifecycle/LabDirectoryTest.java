package dev.kiln.lab.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

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
  void hasANamespaceOfItsOwn() {
    LabDirectory one = new LabDirectory(base.resolve("one"));
    LabDirectory other = new LabDirectory(base.resolve("other"));

    assertThat(one.namespace()).isNotEqualTo(other.namespace());
    assertThat(one.namespace()).isEqualTo(new LabDirectory(base.resolve("one")).namespace());
  }
}
