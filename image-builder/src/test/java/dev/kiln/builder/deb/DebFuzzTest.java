package dev.kiln.builder.deb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebFuzzTest {
  @TempDir Path directory;

  @Test
  void refusesDamagedPackagesAndNothingElseHappens() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    DebFuzzer fuzzer = new DebFuzzer(seed, directory.resolve("damaged.deb"));

    for (String suffix : List.of("", ".gz", ".xz", ".zst")) {
      byte[] sound = DebBytes.sound(suffix);
      fuzzer.fuzz(sound, DebBytes.locked(sound), 1000);
    }

    assertThat(fuzzer.refused()).isBetween(3000, 4000);
  }

  @Test
  void refusesDamagedTarHeadersBelowAnyCompression() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    DebFuzzer fuzzer = new DebFuzzer(seed, directory.resolve("damaged.deb"));
    byte[] data = DebBytes.data();
    int headers = 7;

    for (int i = 0; i < 2000; i++) {
      byte[] damaged = data.clone();
      // The first headers follow one another; their checksums are put right after the damage.
      int at = 512 * random.nextInt(headers);
      byte[] block = Arrays.copyOfRange(damaged, at, at + 512);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        block[random.nextInt(512)] = (byte) random.nextInt();
      }
      System.arraycopy(TarBytes.checksummed(block), 0, damaged, at, 512);
      byte[] deb = DebBytes.withData(damaged);
      fuzzer.read(deb, DebBytes.locked(deb));
    }

    assertThat(fuzzer.refused()).isBetween(200, 2000);
  }
}
