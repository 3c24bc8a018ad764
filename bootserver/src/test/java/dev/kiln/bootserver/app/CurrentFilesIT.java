package dev.kiln.bootserver.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.boot.ImageFixture;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running server makes of files that change under it. */
class CurrentFilesIT {
  private static final String NEW = "/ipxe?mac=52-54-00-00-00-02";

  private final HttpClient client = HttpClient.newHttpClient();
  private ServerFixture fixture;
  private RunningServer server;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    fixture = ServerFixture.in(directory);
    server = fixture.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void bootsAMachineWhoseFileWasWrittenAfterTheStart() throws Exception {
    assertThat(get(NEW)).contains("no machine file names");

    fixture.machine("node-2", "macs: [\"52:54:00:00:00:02\"]\n");

    await(NEW, "Kiln: this is node-2");
  }

  @Test
  void bootsTheNewImageOfANameAndStillServesNothingOfABrokenOne() throws Exception {
    String old = "/images/" + fixture.image().hex() + "/vmlinuz";
    Path images = fixture.root().resolve("images");
    Path beside = images.resolve(".new");
    String id = ImageFixture.write(beside, 2, 10_000).hex();
    Files.move(images.resolve("debian12"), fixture.root().resolve("old"));
    Files.move(beside, images.resolve("debian12"));

    await("/ipxe?mac=" + ServerFixture.MAC, id);
    assertThat(get(old)).contains("No image of this id");
    assertThat(get("/images/" + id + "/vmlinuz")).isNotEmpty();

    Files.delete(images.resolve("debian12/initrd"));
    await("/ipxe?mac=" + ServerFixture.MAC, "is damaged:");
  }

  private void await(String path, String expected) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    for (String text = get(path); !text.contains(expected); text = get(path)) {
      assertThat(System.nanoTime()).as(text).isLessThan(deadline);
      LockSupport.parkNanos(100_000_000);
    }
  }

  private String get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(fixture.uri(path)).build();
    return client
        .send(
            request,
            HttpResponse.BodyHandlers.ofString(java.nio.charset.StandardCharsets.ISO_8859_1))
        .body();
  }
}
