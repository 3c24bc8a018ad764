package dev.kiln.lab.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.file.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class OciImageTest {
  private static final OciImage HELLO =
      new OciImage(
          "lab.local/hello:1",
          List.of("/bin/hello"),
          Map.of("bin/hello", bytes("program"), "bin/other", bytes("another")));

  @Test
  void isTheSameBytesEachTime() throws IOException {
    OciImage again =
        new OciImage(
            "lab.local/hello:1",
            List.of("/bin/hello"),
            Map.of("bin/other", bytes("another"), "bin/hello", bytes("program")));

    assertThat(again.write()).isEqualTo(HELLO.write());
  }

  @Test
  void namesEveryBlobByItsDigest() throws IOException {
    Map<String, byte[]> files = files(HELLO.write());

    assertThat(files).containsKeys("oci-layout", "index.json");
    assertThat(files.keySet().stream().filter(name -> name.matches("blobs/sha256/.+")))
        .hasSize(3)
        .allSatisfy(
            name ->
                assertThat(name).endsWith(Digest.of(files.getOrDefault(name, new byte[0])).hex()));
  }

  @Test
  void leadsFromTheIndexToAProgramThatMayBeExecuted() throws IOException {
    Map<String, byte[]> files = files(HELLO.write());
    String index = text(files, "index.json");
    assertThat(index).contains("\"io.containerd.image.name\" : \"lab.local/hello:1\"");

    String layer =
        files.keySet().stream()
            .filter(name -> name.startsWith("blobs/sha256/"))
            .filter(name -> !text(files, name).startsWith("{"))
            .findFirst()
            .orElseThrow();

    try (TarArchiveInputStream tar = tar(files.getOrDefault(layer, new byte[0]))) {
      assertThat(tar.getNextEntry().getName()).isEqualTo("bin/");
      TarArchiveEntry program = tar.getNextEntry();
      assertThat(program.getName()).isEqualTo("bin/hello");
      assertThat(program.getMode() & 0777).isEqualTo(0755);
      assertThat(program.getLastModifiedTime().toMillis()).isZero();
      assertThat(tar.readAllBytes()).isEqualTo(bytes("program"));
    }
  }

  private static Map<String, byte[]> files(byte[] image) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (TarArchiveInputStream tar = tar(image)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          files.put(entry.getName(), tar.readAllBytes());
        }
      }
    }
    return files;
  }

  private static String text(Map<String, byte[]> files, String name) {
    return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
  }

  private static TarArchiveInputStream tar(byte[] bytes) {
    return new TarArchiveInputStream(new ByteArrayInputStream(bytes));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
