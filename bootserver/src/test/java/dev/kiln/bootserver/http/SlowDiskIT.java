package dev.kiln.bootserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.event.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for a disk keeps nobody else waiting. */
class SlowDiskIT {
  private static final Duration DELAY = Duration.ofSeconds(1);
  private static final int LAYER = 2 << 20;

  @TempDir private Path images;
  @TempDir private Path scratch;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpFixture server;
  private byte[] layer;
  private SlowDisk disk;

  @BeforeEach
  void start() throws Exception {
    server = new HttpFixture(images, LAYER, HttpFixture.limits(100, Duration.ofMinutes(1)));
    layer = Files.readAllBytes(images.resolve("debian12/os.squashfs"));
    disk = SlowDisk.over(images.resolve("debian12"), scratch, DELAY);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    threads.shutdownNow();
    disk.close();
  }

  @Test
  void answersAtOnceWhileAFileComesFromASlowDisk() throws Exception {
    answer("/readyz");
    answer("/ipxe?mac=" + HttpFixture.KNOWN);
    // One client for each event loop, and some more.
    List<CompletableFuture<byte[]>> files = new ArrayList<>();
    for (int client = 0; client < 6; client++) {
      files.add(CompletableFuture.supplyAsync(this::file, threads));
    }

    List<Duration> answers = new ArrayList<>();
    while (!files.stream().allMatch(CompletableFuture::isDone)) {
      answers.add(answer("/readyz"));
      answers.add(answer("/ipxe?mac=" + HttpFixture.KNOWN));
      LockSupport.parkNanos(10_000_000);
    }

    assertThat(answers).hasSizeGreaterThan(20);
    assertThat(Collections.max(answers)).isLessThan(DELAY.dividedBy(2));
    for (CompletableFuture<byte[]> file : files) {
      assertThat(digest(file.join())).isEqualTo(digest(layer));
    }
    awaitNoOpenFile();
  }

  @Test
  void closesTheFileOfAClientThatIsGone() throws Exception {
    try (Socket socket = ask(server.imagePath("os.squashfs"))) {
      assertThat(socket.getInputStream().read()).isPositive();
    }

    awaitNoOpenFile();
    assertThat(server.events()).anyMatch(event -> event.step() == Step.IMAGE_FILE_ABORTED);
  }

  private void awaitNoOpenFile() throws IOException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (isOpen("os.squashfs")) {
      assertThat(System.nanoTime()).as("it is open still").isLessThan(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static boolean isOpen(String name) throws IOException {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path each : open) {
        // One may be closed meanwhile.
        if (Files.readSymbolicLink(each).endsWith(name)) {
          return true;
        }
      }
    } catch (NoSuchFileException e) {
      return true;
    }
    return false;
  }

  private byte[] file() {
    try (Socket socket = ask(server.imagePath("os.squashfs"))) {
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(answer.length).isGreaterThan(LAYER);
      byte[] file = new byte[layer.length];
      System.arraycopy(answer, answer.length - file.length, file, 0, file.length);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Duration answer(String path) throws IOException {
    long begin = System.nanoTime();
    try (Socket socket = ask(path);
        InputStream in = socket.getInputStream()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200 ");
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private Socket ask(String path) throws IOException {
    Socket socket = new Socket();
    socket.connect(server.address());
    socket.setSoTimeout(60_000);
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static byte[] digest(byte[] content) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(content);
  }
}
