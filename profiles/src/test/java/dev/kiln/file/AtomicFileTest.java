package dev.kiln.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path directory;

  @AfterEach
  void leavesNothingBeside() throws IOException {
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("a");
    }
  }

  @Test
  void namesTheDirectoryWhereNothingCanBeWrittenIntoIt() throws IOException {
    AtomicFile.write(directory.resolve("a"), new byte[1]);

    assertThatThrownBy(() -> AtomicFile.write(directory.resolve("absent/a.json"), new byte[1]))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(directory.resolve("absent").toString());
    assertThatThrownBy(() -> AtomicFile.write(Path.of("/dev/null/a.json"), new byte[1]))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/dev/null: Not a directory");
  }

  @Test
  void replacesAFileThatEverybodyMayRead() throws IOException {
    Path file = directory.resolve("a");
    AtomicFile.write(file, "one".getBytes(UTF_8));
    AtomicFile.write(file, "two".getBytes(UTF_8));

    assertThat(file).hasContent("two");
    assertThat(mode(file)).isEqualTo("rw-r--r--");
  }

  @Test
  void keepsASecretToItsOwner() throws IOException {
    AtomicFile.writeSecret(directory.resolve("a"), "one".getBytes(UTF_8));

    assertThat(mode(directory.resolve("a"))).isEqualTo("rw-------");
  }

  @Test
  void createsASecretOnlyWhereNothingIs() throws IOException {
    Path file = directory.resolve("a");
    AtomicFile.createSecret(file, "one".getBytes(UTF_8));

    assertThatThrownBy(() -> AtomicFile.createSecret(file, "two".getBytes(UTF_8)))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("one");
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
