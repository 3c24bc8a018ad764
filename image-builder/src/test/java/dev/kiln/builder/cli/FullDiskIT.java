package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.deb.DebBytes;
import dev.kiln.builder.deb.TarBytes;
import dev.kiln.command.ExitCode;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache on a disk that is smaller than what it has to hold. */
class FullDiskIT extends SmallBakeFixture {
  @BeforeEach
  void mountSmallDisk() throws IOException {
    Files.createDirectory(cache());
    run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", cache().toString());
  }

  @AfterEach
  void unmount() {
    run("umount", cache().toString());
  }

  @Test
  void isNamedAndAfterwardsTheBakeGoesOn() {
    byte[] large = large();
    archive.publish(large);

    assertRefused(
        bake(),
        ExitCode.IO,
        "the disk of the cache "
            + cache()
            + " is full. Free some space there, or name a cache on another disk, and run it again:"
            + " what is complete is kept.");
    assertThat(filesIn("blobs/sha256/" + Digest.of(large).hex().substring(0, 2))).isEmpty();

    run("mount", "-o", "remount,size=64m", cache().toString());
    assertGoesAsFarAsASmallArchiveCan(bake());
  }

  /** More than the disk holds, also when it is compressed. */
  private static byte[] large() {
    byte[] noise = new byte[4_000_000];
    new Random(1).nextBytes(noise);
    String text = new String(noise, StandardCharsets.ISO_8859_1);
    return DebBytes.withData(
        new TarBytes().directory("./").file("./noise", text + text.length()).ended());
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
