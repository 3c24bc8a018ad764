package dev.kiln.builder.initrd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GNU cpio and zstd are the judges of what the archive holds. */
class CpioArchiveIT {
  @TempDir private Path directory;

  private final CpioArchive archive = new CpioArchive();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    Path big = Files.write(directory.resolve("big"), new byte[3_000_001]);
    archive.addFile("very/deep/below/many/directories", "deep".getBytes(UTF_8), 0644);
    archive.addFile("init", "#!/bin/sh\n".getBytes(UTF_8), 0755);
    archive.addFile("lib/big", big, 0600);
    archive.addLink("bin/sh", "busybox");
    archive.addDirectory("proc");
    archive.addFile("a-b", new byte[0], 0644);
    archive.addFile("a/c", new byte[0], 0644);
    file = directory.resolve("initrd");
    try (OutputStream out = Files.newOutputStream(file)) {
      archive.writeTo(out);
    }
  }

  @Test
  void listsParentsBeforeTheirChildren() throws Exception {
    List<String> names = run("zstd -dc '%s' | cpio -it --quiet").lines().toList();

    assertThat(names)
        .containsExactly(
            "a",
            "a-b",
            "a/c",
            "bin",
            "bin/sh",
            "init",
            "lib",
            "lib/big",
            "proc",
            "very",
            "very/deep",
            "very/deep/below",
            "very/deep/below/many",
            "very/deep/below/many/directories");
  }

  @Test
  void extractsModesOwnersContentsAndLinks() throws Exception {
    // Without -d: cpio makes no directory that the archive does not have.
    run("mkdir out && cd out && zstd -dc '%s' | cpio -im --quiet");

    Path out = directory.resolve("out");
    assertThat(run("cd out && find . ! -path . -printf '%%P %%M %%U:%%G %%l\\n'").lines())
        .containsExactlyInAnyOrder(
            "a drwxr-xr-x 0:0 ",
            "a-b -rw-r--r-- 0:0 ",
            "a/c -rw-r--r-- 0:0 ",
            "bin drwxr-xr-x 0:0 ",
            "bin/sh lrwxrwxrwx 0:0 busybox",
            "init -rwxr-xr-x 0:0 ",
            "lib drwxr-xr-x 0:0 ",
            "lib/big -rw------- 0:0 ",
            "proc drwxr-xr-x 0:0 ",
            "very drwxr-xr-x 0:0 ",
            "very/deep drwxr-xr-x 0:0 ",
            "very/deep/below drwxr-xr-x 0:0 ",
            "very/deep/below/many drwxr-xr-x 0:0 ",
            "very/deep/below/many/directories -rw-r--r-- 0:0 ");
    assertThat(run("cd out && find . -type f -printf '%%T@\\n' | sort -u").strip())
        .isEqualTo("0.0000000000");
    assertThat(out.resolve("very/deep/below/many/directories")).hasContent("deep");
    assertThat(out.resolve("lib/big")).hasSize(3_000_001);
  }

  private String run(String commands) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-e", "-c", commands.formatted(file))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(Stream.of(commands, output).toList().toString()).isZero();
    return output;
  }
}
