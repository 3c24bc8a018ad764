package dev.kiln.bootserver.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.boot.KeptLoaders;
import dev.kiln.bootserver.boot.LoaderName;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoaderSourceTest {
  @TempDir private Path folder;
  private LoaderSource files;

  @BeforeEach
  void makeAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("stored"), "0123456789");
    files = new LoaderSource(new KeptLoaders(Map.of(new LoaderName("ipxe.efi"), file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ipxe.efi", "/ipxe.efi", "//ipxe.efi"})
  void findsItsNamesWithAndWithoutSlash(String name) {
    assertThat(files.find(name).map(StandardCharsets.US_ASCII::decode).map(CharBuffer::toString))
        .contains("0123456789");
  }

  @Test
  void givesEachTransferAPositionOfItsOwn() {
    files.find("ipxe.efi").orElseThrow().get();

    assertThat(files.find("ipxe.efi").orElseThrow().remaining()).isEqualTo(10);
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
  void knowsNoOtherName(String name) {
    assertThat(files.find(name)).isEmpty();
  }
}
