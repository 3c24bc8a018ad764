package dev.kiln.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bodies that are too long, of another size, stalling or slow. */
class BodyIT extends FetchFixture {
  @Test
  void refusesABodyWithoutEnd() {
    mirror.serve(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          sendForEver(exchange.getResponseBody());
        });

    assertThat(failure(download(content, mirror.address("/endless"))))
        .hasMessageContaining("/endless gives more than 300000 bytes");
    assertThat(partial()).isEmptyFile();
  }

  @Test
  void refusesABodyOfAnotherSizeBeforeReadingIt() {
    mirror.serve("/longer", content(1, 400_000));

    assertThat(failure(download(content, mirror.address("/longer"))))
        .hasMessageContaining("/longer has 400000 bytes, not 300000");
  }

  @Test
  void takesTheNextAddressWhenABodyStalls() {
    CountDownLatch forever = new CountDownLatch(1);
    mirror.serve(
        "/stalling",
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 10);
          exchange.getResponseBody().flush();
          await(forever);
        });
    mirror.serve("/a", content);
    Patience once =
        new Patience(Duration.ofSeconds(2), Duration.ofSeconds(3), 1, Duration.ofMillis(1));

    Path file =
        fetcher(Map.of(), once)
            .fetch(download(content, mirror.address("/stalling"), mirror.address("/a")));

    forever.countDown();
    assertThat(file).hasBinaryContent(content);
    assertThat(mirror.requests()).containsExactly("GET /stalling", "GET /a bytes=10-");
  }

  @Test
  void takesAllOfABodyThatIsSlowButSteady() {
    byte[] small = content(5, 40_000);
    mirror.serve(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, small.length);
          for (int at = 0; at < small.length; at += 2000) {
            exchange.getResponseBody().write(small, at, 2000);
            exchange.getResponseBody().flush();
            pauseOf(150);
          }
        });
    Patience once =
        new Patience(Duration.ofSeconds(2), Duration.ofSeconds(2), 1, Duration.ofMillis(1));

    assertThat(fetcher(Map.of(), once).fetch(download(small, mirror.address("/slow"))))
        .hasBinaryContent(small);
  }

  private static void sendForEver(OutputStream out) throws IOException {
    byte[] chunk = new byte[1 << 16];
    while (true) {
      out.write(chunk);
    }
  }

  /** The slow server's own speed; nothing is waited for. */
  private static void pauseOf(int milliseconds) {
    try {
      new CountDownLatch(1).await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
