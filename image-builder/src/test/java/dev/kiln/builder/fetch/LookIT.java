package dev.kiln.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kiln.failure.KilnException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions whether something could be fetched. */
class LookIT extends FetchFixture {
  @Test
  void namesTheFirstAddressThatHasItAndReadsNothingOfIt() throws Exception {
    mirror.serve("/missing", exchange -> Mirror.answer(exchange, 404));
    mirror.serve("/moved", exchange -> Mirror.redirect(exchange, "a"));
    mirror.serve("/a", content);
    try (DeadHost dead = new DeadHost()) {
      URI first = firstOf(dead.address("/a"), mirror.address("/missing"), mirror.address("/moved"));

      assertThat(first).isEqualTo(mirror.address("/moved"));
    }
    assertThat(mirror.requests()).containsExactly("HEAD /missing", "HEAD /moved", "HEAD /a");
  }

  @Test
  void asksForOneByteWhereAServerRefusesHead() {
    for (int status : List.of(403, 405, 501)) {
      String path = "/" + status;
      mirror.serve(
          path,
          exchange -> {
            if (exchange.getRequestMethod().equals("HEAD")) {
              Mirror.answer(exchange, status);
            } else {
              Mirror.send(exchange, content);
            }
          });

      assertThat(firstOf(mirror.address(path))).isEqualTo(mirror.address(path));
      assertThat(mirror.requests()).endsWith("HEAD " + path, "GET " + path + " bytes=0-0");
    }
  }

  @Test
  void doesNotWaitForTheRestWhereAServerKnowsNoRanges() {
    mirror.serve(
        "/a",
        exchange -> {
          if (exchange.getRequestMethod().equals("HEAD")) {
            Mirror.answer(exchange, 405);
          } else {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
              // Until the other side closes.
              exchange.getResponseBody().write(content);
            }
          }
        });

    assertThat(firstOf(mirror.address("/a"))).isEqualTo(mirror.address("/a"));
  }

  @Test
  void looksForFilesOfThisMachine() throws Exception {
    Path file = Files.write(directory.resolve("file"), content);

    assertThat(firstOf(directory.resolve("absent").toUri(), file.toUri())).isEqualTo(file.toUri());
  }

  @Test
  void saysWhatEachAddressAnsweredWhereNoneHasIt() {
    mirror.serve("/missing", exchange -> Mirror.answer(exchange, 404));
    mirror.serve("/forbidden", exchange -> Mirror.answer(exchange, 403));
    mirror.serve("/overloaded", exchange -> Mirror.answer(exchange, 503));
    List<URI> addresses =
        List.of(
            mirror.address("/missing"),
            mirror.address("/forbidden"),
            mirror.address("/overloaded"));

    KilnException failure =
        catchThrowableOfType(
            KilnException.class, () -> fetcher().firstThatAnswers("sample", addresses));

    assertThat(failure)
        .hasMessageStartingWith("cannot fetch sample: ")
        .hasMessageContaining("/missing answered 404: it is not there; ")
        .hasMessageContaining("/forbidden answered 403: it may not be read from here; ")
        .hasMessageContaining("/overloaded answered 503");
    assertThat(failure.kind()).isEqualTo(KilnException.Kind.DEPENDENCY);
    assertThat(mirror.requests()).filteredOn("HEAD /overloaded"::equals).hasSize(SHORT.attempts());
  }

  private URI firstOf(URI... addresses) {
    return fetcher().firstThatAnswers("sample", List.of(addresses));
  }
}
