package dev.kiln.builder.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.campaign.Campaign;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebFuzzTest {
  private static final int ROUNDS = 4000;

  @TempDir Path directory;

  @Test
  void refusesDamagedPackagesAndNothingElseHappens() throws Exception {
    DebFuzzer fuzzer = new DebFuzzer(directory.resolve("damaged.deb"));
    List<byte[]> sound = new ArrayList<>();
    for (String suffix : List.of("", ".gz", ".xz", ".zst")) {
      sound.add(DebBytes.sound(suffix));
    }

    int refused =
        Campaign.count(
            ROUNDS,
            random -> {
              byte[] deb = sound.get(random.nextInt(sound.size()));
              return fuzzer.refuses(DebFuzzer.damaged(deb, random), DebBytes.locked(deb));
            });

    // The others were damaged where it does not matter.
    assertThat(refused).isGreaterThan(ROUNDS * 3 / 4);
  }

  @Test
  void refusesDamagedTarHeadersBelowAnyCompression() throws Exception {
    DebFuzzer fuzzer = new DebFuzzer(directory.resolve("damaged.deb"));
    byte[] data = DebBytes.data();

    int refused =
        Campaign.count(
            ROUNDS / 2,
            random -> {
              byte[] deb = DebBytes.withData(withADamagedHeader(data, random));
              return fuzzer.refuses(deb, DebBytes.locked(deb));
            });

    assertThat(refused).isGreaterThan(ROUNDS / 20);
  }

  /** The first headers follow one another; their checksums are put right after the damage. */
  private static byte[] withADamagedHeader(byte[] data, Random random) {
    byte[] damaged = data.clone();
    int headers = 7;
    int at = 512 * random.nextInt(headers);
    byte[] block = Arrays.copyOfRange(damaged, at, at + 512);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      block[random.nextInt(512)] = (byte) random.nextInt();
    }
    System.arraycopy(TarBytes.checksummed(block), 0, damaged, at, 512);
    return damaged;
  }
}
