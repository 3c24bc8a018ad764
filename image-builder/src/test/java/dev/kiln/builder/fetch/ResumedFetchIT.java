package dev.kiln.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.file.Digest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A download goes on where it, or a killed one, broke off, and never keeps a wrong beginning. */
class ResumedFetchIT extends FetchFixture {
  @Test
  void goesOnWhereAnAnswerBrokeOff() {
    AtomicInteger asked = new AtomicInteger();
    mirror.serve(
        "/a",
        exchange -> {
          if (asked.incrementAndGet() == 1) {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 100_000);
            exchange.getResponseBody().flush();
          } else {
            Mirror.send(exchange, content);
          }
        });

    assertThat(fetcher().fetch(download(content, mirror.address("/a")))).hasBinaryContent(content);

    assertThat(mirror.requests()).hasSize(2).last().asString().startsWith("GET /a bytes=");
    assertThat(progress.advanced()).isEqualTo(content.length);
  }

  @Test
  void goesOnWhereAKilledOneStopped() throws Exception {
    Files.write(partial(), Arrays.copyOf(content, 123_456));
    mirror.serve("/a", content);

    assertThat(fetcher().fetch(download(content, mirror.address("/a")))).hasBinaryContent(content);

    assertThat(mirror.requests()).containsExactly("GET /a bytes=123456-");
  }

  @Test
  void takesWhatAKilledOneHadCompleted() throws Exception {
    Files.write(partial(), content);

    assertThat(fetcher().fetch(download(content, mirror.address("/a")))).hasBinaryContent(content);

    assertThat(mirror.requests()).isEmpty();
  }

  @Test
  void startsAgainWhenWhatWasThereIsWrong() throws Exception {
    mirror.serve("/a", content);
    for (byte[] wrong : List.of(new byte[100], new byte[content.length], new byte[400_000])) {
      Files.write(partial(), wrong);
      Path file = fetcher().fetch(download(content, mirror.address("/a")));

      assertThat(file).hasBinaryContent(content);
      Files.delete(file);
    }
    assertThat(mirror.requests())
        .containsExactly("GET /a bytes=100-", "GET /a", "GET /a", "GET /a");
  }

  @Test
  void startsAgainWhereNobodyKnewTheSize() throws Exception {
    Files.write(partial(), new byte[400_000]);
    mirror.serve("/a", content);

    Path file = fetcher().fetch(sizeless(content, mirror.address("/a")));

    assertThat(file).hasBinaryContent(content);
    assertThat(mirror.requests()).containsExactly("GET /a bytes=400000-", "GET /a");
  }

  @Test
  void takesTheWholeFromAServerWithoutRanges() throws Exception {
    Files.write(partial(), Arrays.copyOf(content, 1000));
    mirror.serve(
        "/a",
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
        });

    assertThat(fetcher().fetch(download(content, mirror.address("/a")))).hasBinaryContent(content);

    assertThat(mirror.requests()).hasSize(1);
  }

  private static Download sizeless(byte[] content, URI... addresses) {
    return new Download("sample", Digest.of(content), OptionalLong.empty(), List.of(addresses));
  }
}
