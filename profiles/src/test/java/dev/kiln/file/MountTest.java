package dev.kiln.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountTest {
  @TempDir private Path directory;

  @Test
  void readsEveryLineThatAKernelWrites() throws IOException {
    String lines =
        """
        36 35 98:0 /mnt1 /mnt/a\\040b rw,noatime master:1 - ext3 /dev/root rw,errors=continue
        37 35 0:42 / /fuse rw - fuse  rw,size=5k
        38 35 0:43 / /\u00e9 rw - tmpfs none rw
        """;
    Path file =
        Files.write(directory.resolve("mountinfo"), lines.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(Mount.seenIn(file))
        .extracting(Mount::point)
        .hasSize(3)
        .startsWith("/mnt/a b", "/fuse");
    assertThat(Mount.seenIn(file).get(1).source()).isEmpty();
    assertThat(Mount.seenIn(file).get(1).option("size")).contains("5k");
  }

  @Test
  void seesNothingWhereNobodyMayLook() {
    assertThat(Mount.seenIn(directory.resolve("absent"))).isEmpty();
  }
}
