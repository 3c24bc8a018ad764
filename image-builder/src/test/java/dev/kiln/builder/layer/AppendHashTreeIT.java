package dev.kiln.builder.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.file.Digest;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host's veritysetup is the judge. */
class AppendHashTreeIT {
  private static final int BLOCK = 4096;

  @TempDir private Path directory;

  /** Around what one block of digests covers, and two levels of them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 127, 128, 129, 16_384, 16_385, 20_000})
  void writesWhatVeritysetupWrites(int blocks) throws Exception {
    byte[] data = new byte[blocks * BLOCK];
    new Random(blocks).nextBytes(data);
    Path ours = Files.write(directory.resolve("ours"), data);
    Path theirs = Files.write(directory.resolve("theirs"), data);

    AppendHashTree.Hashed hashed = AppendHashTree.append("os", ours);

    Layer.Verity verity = hashed.verity();
    assertThat(hashed.file()).isEqualTo(Digest.of(ours));

    VeritySuperblock header;
    try (FileChannel channel = FileChannel.open(ours)) {
      header = VeritySuperblock.read(channel, verity.hashOffset());
    }
    String uuid = header.uuid().replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    String said =
        veritysetup(
            List.of(
                "format",
                "--hash-offset=" + data.length,
                "--data-blocks=" + blocks,
                "--salt=" + header.salt(),
                "--uuid=" + uuid,
                theirs.toString(),
                theirs.toString()));
    assertThat(said).contains(verity.rootHash().hex());
    assertThat(verity.hashOffset()).isEqualTo(data.length);
    assertThat(Files.mismatch(ours, theirs)).isEqualTo(-1);
  }

  @Test
  void refusesWhatIsNoWholeBlocks() throws IOException {
    for (int bytes : new int[] {0, 1, BLOCK - 1, BLOCK + 1}) {
      Path file = Files.write(directory.resolve("file"), new byte[bytes]);

      assertThatThrownBy(() -> AppendHashTree.append("os", file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has " + bytes + " bytes");
      assertThat(Files.size(file)).isEqualTo(bytes);
    }
  }

  private static String veritysetup(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/usr/sbin/veritysetup"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
