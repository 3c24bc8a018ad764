package dev.kiln.bootserver.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedFilesTest {
  @TempDir private Path folder;
  private Path file;
  private FixedFiles files;

  @BeforeEach
  void makeAFile() throws IOException {
    file = Files.writeString(folder.resolve("stored"), "0123456789");
    files = new FixedFiles(Map.of("ipxe.efi", file, "/boot/x.efi", file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ipxe.efi", "/ipxe.efi", "//ipxe.efi", "boot/x.efi", "/boot/x.efi"})
  void findsItsNamesWithAndWithoutSlash(String name) throws IOException {
    try (FileContent content = files.open(name).orElseThrow()) {
      ByteBuffer read = ByteBuffer.allocate(20);
      content.read(read, 3);

      assertThat(content.size()).isEqualTo(10);
      assertThat(
              new String(
                  read.array(), 0, read.position(), java.nio.charset.StandardCharsets.US_ASCII))
          .isEqualTo("3456789");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stored",
        "../stored",
        "boot/../ipxe.efi",
        "./ipxe.efi",
        "IPXE.EFI",
        "ipxe.efi/",
        "/etc/passwd",
        "/",
        "%2e%2e/stored",
        "..\\stored"
      })
  void knowsNoOtherName(String name) throws IOException {
    assertThat(files.open(name)).isEqualTo(Optional.empty());
  }

  @Test
  void saysThatAFileIsGone() throws IOException {
    Files.delete(file);

    assertThatThrownBy(() -> files.open("ipxe.efi")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void saysThatAFileBecameShorter() throws IOException {
    try (FileContent content = files.open("ipxe.efi").orElseThrow()) {
      Files.writeString(file, "0");

      assertThatThrownBy(() -> content.read(ByteBuffer.allocate(5), 5))
          .isInstanceOf(EOFException.class);
    }
  }
}
