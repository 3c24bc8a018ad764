package dev.kiln.builder.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildOutputsTest {
  @TempDir Path directory;
  private Path output;
  private Path target;

  @BeforeEach
  void makeDirectories() throws IOException {
    output = Files.createDirectory(directory.resolve("output"));
    target = directory.resolve("target");
  }

  @Test
  void takesExactlyTheDeclaredProgramsForEverybodyToRun() throws IOException {
    Files.write(output.resolve("kubelet"), elf());
    Files.createDirectory(output.resolve("cni"));
    Files.write(output.resolve("cni/bridge"), elf());

    take("kubelet", "cni/bridge");

    assertThat(target.resolve("kubelet")).hasBinaryContent(elf());
    assertThat(target.resolve("cni/bridge")).hasBinaryContent(elf());
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("kubelet"))))
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void namesEverythingThatIsWrongAtOnce() throws IOException {
    Files.write(
        output.resolve("script"), "#!/bin/sh\n".repeat(20).getBytes(StandardCharsets.UTF_8));
    Files.write(output.resolve("stray"), elf());
    Files.createSymbolicLink(output.resolve("link"), Path.of("stray"));

    assertThatThrownBy(() -> take("kubelet", "script", "link"))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("left no 'kubelet' in $OUTPUT")
        .hasMessageContaining("made 'script', which is no 64-bit ELF program")
        .hasMessageContaining("made 'link' a link or device")
        .hasMessageContaining("are no outputs: stray");
    assertThat(target).doesNotExist();
  }

  @Test
  void doesNotFollowALinkToADirectoryOutsideTheOutput() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.write(outside.resolve("bridge"), elf());
    Files.createSymbolicLink(output.resolve("cni"), outside);

    assertThatThrownBy(() -> take("cni/bridge")).hasMessageContaining("left no 'cni/bridge'");
  }

  @Test
  void refusesAnOutputOfAbsurdSize() throws IOException {
    Files.write(output.resolve("kubelet"), elf());
    try (var file = new java.io.RandomAccessFile(output.resolve("kubelet").toFile(), "rw")) {
      file.setLength((512L << 20) + 1);
    }

    assertThatThrownBy(() -> take("kubelet")).hasMessageContaining("536870913 bytes");
  }

  private void take(String... declared) throws IOException {
    new BuildOutputs("kubernetes", ImageTree.at(directory), "output")
        .take(Stream.of(declared).collect(Collectors.toMap(name -> name, name -> name)), target);
  }

  /** The 64 bytes of a header: class 64, little-endian, an executable. */
  private static byte[] elf() {
    byte[] header = new byte[64];
    header[0] = 0x7f;
    header[1] = 'E';
    header[2] = 'L';
    header[3] = 'F';
    header[4] = 2;
    header[5] = 1;
    header[16] = 2;
    return header;
  }
}
