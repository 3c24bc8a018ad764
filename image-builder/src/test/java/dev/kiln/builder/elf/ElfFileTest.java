package dev.kiln.builder.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.campaign.Campaign;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Java itself is the program that is everywhere. */
class ElfFileTest {
  private final byte[] java = read("bin/java");

  @Test
  void readsWhatAProgramIsLoadedWith() {
    ElfFile file = ElfFile.read("java", java);

    assertThat(file.interpreter().orElseThrow()).startsWith("/lib").contains("ld-linux");
    assertThat(file.needed()).contains("libjli.so", "libc.so.6");
    assertThat(ElfFile.isProgram(java)).isTrue();
  }

  @Test
  void readsALibraryThatNamesNoLinker() {
    ElfFile file = ElfFile.read("libjli", read("lib/libjli.so"));

    assertThat(file.interpreter()).isEmpty();
    assertThat(file.needed()).contains("libc.so.6");
    assertThat(file.machine()).isEqualTo(ElfFile.read("java", java).machine());
  }

  @Test
  void refusesWhatIsNoElfFile() {
    byte[] script = "#!/bin/sh\n".repeat(10).getBytes(StandardCharsets.UTF_8);

    assertThat(ElfFile.isProgram(script)).isFalse();
    assertThat(ElfFile.isProgram(new byte[0])).isFalse();
    assertThatThrownBy(() -> ElfFile.read("/bin/x", script))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("/bin/x is no 64-bit little-endian ELF file");
  }

  @Test
  void refusesATableBehindTheEnd() {
    for (long offset : new long[] {-1, java.length - 1, Long.MAX_VALUE - 8}) {
      byte[] broken = java.clone();
      ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN).putLong(32, offset);

      assertThatThrownBy(() -> ElfFile.read("x", broken))
          .isInstanceOf(KilnException.class)
          .hasMessageContaining("points behind its own end");
    }
  }

  @Test
  void refusesEveryFileThatEndsTooEarly() {
    byte[] start = Arrays.copyOf(java, 400);

    assertThatThrownBy(() -> ElfFile.read("x", start)).isInstanceOf(KilnException.class);
  }

  /** Most of what can be wrong is in the first bytes. */
  @Test
  void readsOrRefusesWhateverBytesThereAre() {
    int refused =
        Campaign.count(
            2000,
            random -> {
              byte[] broken = java.clone();
              for (int i = 0; i <= random.nextInt(4); i++) {
                int place = random.nextInt(random.nextBoolean() ? 1024 : broken.length);
                broken[place] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
              }
              try {
                ElfFile.read("x", broken);
                return false;
              } catch (KilnException e) {
                return true;
              }
            });

    assertThat(refused).isPositive();
  }

  private static byte[] read(String path) {
    try {
      return Files.readAllBytes(Path.of(System.getProperty("java.home")).resolve(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
