package dev.kiln.builder.initrd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.kernel.Codec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CpioArchiveTest {
  @Test
  void givesTheSameBytesWhateverTheOrder() throws IOException {
    byte[] some =
        bytes(
            archive -> {
              archive.addFile("bin/tool", "x".getBytes(UTF_8), 0755);
              archive.addLink("bin/sh", "tool");
              archive.addDirectory("proc");
            });
    byte[] others =
        bytes(
            archive -> {
              archive.addDirectory("proc");
              archive.addDirectory("bin");
              archive.addLink("bin/sh", "tool");
              archive.addFile("bin/tool", "x".getBytes(UTF_8), 0755);
            });

    assertThat(some).isEqualTo(others);
  }

  @Test
  void refusesTwoThingsOfOneName() {
    CpioArchive archive = new CpioArchive();
    archive.addFile("init", new byte[1], 0755);
    archive.addDirectory("bin");

    assertThatThrownBy(() -> archive.addFile("init", new byte[2], 0755))
        .hasMessageContaining("'init' is in the archive already");
    assertThatThrownBy(() -> archive.addLink("bin", "usr/bin"))
        .hasMessageContaining("'bin' is in the archive already");
    assertThatThrownBy(() -> archive.addFile("init/below", new byte[2], 0755))
        .hasMessageContaining("'init' is in the archive already");
  }

  private static byte[] bytes(Consumer<CpioArchive> content) throws IOException {
    CpioArchive archive = new CpioArchive();
    content.accept(archive);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    archive.writeTo(out, Codec.ZSTD);
    return out.toByteArray();
  }
}
