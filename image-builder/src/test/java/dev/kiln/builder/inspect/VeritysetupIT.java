package dev.kiln.builder.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.layer.VeritySuperblock;
import dev.kiln.failure.Problem;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The veritysetup of cryptsetup is the judge of our reading of its format. */
class VeritysetupIT {
  private static final int BLOCK = 4096;
  private static final Pattern ROOT_HASH = Pattern.compile("Root hash:\\s+([0-9a-f]{64})");

  @TempDir Path directory;

  /** No level, one level (full and not), two levels, three levels; a short, a long and no salt. */
  @ParameterizedTest
  @CsvSource({"1, aabb", "2, -", "127, 00", "128, aabb", "129, aabb", "16384, aabb", "16385, long"})
  void agreesAboutTheRootHash(int blocks, String salt) throws Exception {
    Path file = randomFile(blocks);
    String rootHash = format(file, blocks, salt.equals("long") ? "5c".repeat(256) : salt);

    assertThat(CheckLayer.check(file, layer(file, blocks, rootHash))).isEmpty();
    assertThat(veritysetup("verify", file, file, rootHash, "--hash-offset=" + blocks * BLOCK))
        .startsWith("0:");
  }

  @Test
  void agreesAboutTheHeader() throws Exception {
    Path file = randomFile(5);
    format(file, 5, "c0ffee");

    String dump = veritysetup("dump", file, "--hash-offset=" + 5 * BLOCK);

    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      VeritySuperblock header = VeritySuperblock.read(channel, 5 * BLOCK);
      assertThat(dump.replaceAll("[-\\s]", ""))
          .contains("UUID:" + header.uuid())
          .contains("Datablocks:" + header.dataBlocks())
          .contains("Salt:" + header.salt());
    }
  }

  @Test
  void refusesWhatVeritysetupRefuses() throws Exception {
    Path file = randomFile(300);
    String rootHash = format(file, 300, "aabb");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(UTF_8.encode("tampered"), 123_456);
    }

    assertThat(veritysetup("verify", file, file, rootHash, "--hash-offset=" + 300 * BLOCK))
        .doesNotStartWith("0:");
    assertThat(CheckLayer.check(file, layer(file, 300, rootHash)))
        .extracting(Problem::what)
        .anyMatch(what -> what.contains("the root hash of its data is"));
  }

  private Path randomFile(int blocks) throws IOException {
    byte[] data = new byte[blocks * BLOCK];
    new Random(blocks).nextBytes(data);
    return Files.write(directory.resolve("layer"), data);
  }

  private String format(Path file, int blocks, String salt) throws Exception {
    String output =
        veritysetup(
            "format",
            file,
            file,
            "--data-blocks=" + blocks,
            "--hash-offset=" + blocks * BLOCK,
            "--salt=" + salt);
    Matcher rootHash = ROOT_HASH.matcher(output);
    assertThat(rootHash.find()).as(output).isTrue();
    return rootHash.group(1);
  }

  private static Layer layer(Path file, int blocks, String rootHash) throws IOException {
    return new Layer(
        "os",
        new ImageFile("os.squashfs", Files.size(file), Digest.of(file)),
        new Layer.Verity(new Digest(rootHash), (long) blocks * BLOCK));
  }

  private static String veritysetup(Object... arguments) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of("/usr/sbin/veritysetup"), Stream.of(arguments).map(Object::toString))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + ":" + output;
  }
}
