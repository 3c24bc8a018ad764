package dev.kiln.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.campaign.Campaign;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheIT {
  private static final int KILLS = 25;

  @TempDir Path directory;

  @Test
  void comesThroughBeingKilledAtAnyPoint() throws Exception {
    int count = 30;

    Campaign.count(
        KILLS,
        random -> {
          Process worker = start("log", count);
          try (BufferedReader output = worker.inputReader()) {
            int lines = random.nextInt(150);
            for (int line = 0; line < lines && output.readLine() != null; line++) {
              // It is killed at a random line of its output, as near as a pipe can tell.
            }
            worker.destroyForcibly();
            int code = worker.waitFor();
            assertThat(code).as("killed, or done").isIn(0, 137);
            return code == 137;
          }
        });

    assertThat(finish(start("log", count))).isZero();
    new Cache(root());
    assertThat(root().resolve("tmp")).isEmptyDirectory();
    assertThat(root().resolve("partial")).isEmptyDirectory();
    try (var locks = Files.list(root().resolve("locks"))) {
      assertThat(locks.map(Path::getFileName).map(Path::toString)).containsExactly(".guard");
    }
  }

  @Test
  void letsOneOfTwoProcessesMakeEachThing() throws Exception {
    int count = 20;

    List<Process> workers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      workers.add(start("log", count));
    }
    for (Process worker : workers) {
      assertThat(finish(worker)).isZero();
    }

    List<String> made = Files.readAllLines(directory.resolve("log"));
    assertThat(made).hasSize(3 * count).doesNotHaveDuplicates();
  }

  @Test
  void saysThatTheDiskIsFullAndKeepsNothingHalfMade() throws Exception {
    Path small = Files.createDirectory(directory.resolve("small"));
    run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
    try {
      Cache cache = new Cache(small.resolve("cache"));
      byte[] tooMuch = new byte[2 << 20];
      Digest key = Digest.of("key");

      assertThatThrownBy(() -> cache.put(tooMuch))
          .isInstanceOf(KilnException.class)
          .hasMessageContaining("the disk of the cache " + cache.root() + " is full");
      assertThatThrownBy(() -> cache.entry("file", key, target -> Files.write(target, tooMuch)))
          .isInstanceOf(KilnException.class)
          .hasMessageContaining("is full");

      assertThat(cache.find(Digest.of(tooMuch))).isEmpty();
      assertThat(cache.findEntry("file", key)).isEmpty();
      assertThat(cache.root().resolve("tmp")).isEmptyDirectory();
    } finally {
      run("umount", small.toString());
    }
  }

  @Test
  void doesNotDeleteThroughAForgottenMount() throws Exception {
    Cache cache = new Cache(root());
    Path precious = Files.createDirectory(directory.resolve("precious"));
    Files.writeString(precious.resolve("file"), "precious");
    String scratch = "tmp/rootfs-" + UUID.randomUUID();
    Path left = Files.createDirectories(cache.root().resolve(scratch).resolve("dev files"));
    run("mount", "--bind", precious.toString(), left.toString());
    try {
      assertThatThrownBy(() -> new Cache(root()))
          .isInstanceOf(KilnException.class)
          .hasMessageContaining("something is mounted on " + left);
      assertThat(precious.resolve("file")).hasContent("precious");
    } finally {
      run("umount", left.toString());
    }
    new Cache(root());
    assertThat(cache.root().resolve("tmp")).isEmptyDirectory();
  }

  private Path root() {
    return directory.resolve("cache");
  }

  private Process start(String log, int count) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            CacheWorker.class.getName(),
            root().toString(),
            directory.resolve(log).toString(),
            String.valueOf(count))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int finish(Process worker) throws IOException, InterruptedException {
    worker.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    return worker.waitFor();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
