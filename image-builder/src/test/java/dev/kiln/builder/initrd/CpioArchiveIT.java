package dev.kiln.builder.initrd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.kernel.Codec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GNU cpio, zstd, xz and gzip are the judges of what the archive holds. */
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
    file = write(Codec.ZSTD);
  }

  private Path write(Codec codec) throws IOException {
    Path initrd = directory.resolve("initrd." + codec);
    try (OutputStream out = Files.newOutputStream(initrd)) {
      archive.writeTo(out, codec);
    }
    return initrd;
  }

  @ParameterizedTest
  @CsvSource({"ZSTD, zstd", "XZ, xz", "GZIP, gzip"})
  void isReadByTheProgramThatItsCompressionNames(Codec codec, String program) throws Exception {
    file = write(codec);
    byte[] once = Files.readAllBytes(file);

    String names = run(program + " -dc < '%s' | cpio -it --quiet");

    assertThat(names.lines()).hasSize(14).contains("very/deep/below/many/directories");
    assertThat(Files.readAllBytes(write(codec))).isEqualTo(once);
  }

  /** lib/decompress_unxz.c and lib/xz of the kernel: another check is an error. */
  @Test
  void hasTheOneCheckThatTheKernelsXzKnows() throws Exception {
    file = write(Codec.XZ);

    assertThat(run("xz --robot --list '%s' | awk '$1 == \"file\" {print $7}'").strip())
        .isEqualTo("CRC32");
  }

  /** RFC 1952, section 2.3: flags and time are zero. */
  @Test
  void tellsNoNameAndNoTimeInAGzipHeader() throws Exception {
    byte[] header = Arrays.copyOf(Files.readAllBytes(write(Codec.GZIP)), 8);

    assertThat(header).containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
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
    assertThat(run("cd out && find . ! -path . -printf '%P %M %U:%G %l\\n'").lines())
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
    assertThat(run("cd out && find . -type f -printf '%T@\\n' | sort -u").strip())
        .isEqualTo("0.0000000000");
    assertThat(out.resolve("very/deep/below/many/directories")).hasContent("deep");
    assertThat(out.resolve("lib/big")).hasSize(3_000_001);
  }

  private String run(String commands) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-e", "-c", commands.replace("%s", file.toString()))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(Stream.of(commands, output).toList().toString()).isZero();
    return output;
  }
}
