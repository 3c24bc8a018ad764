package dev.kiln.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.KilnException.Kind;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes that mirrors have dropped, and the archive that keeps them. */
class LastResortIT extends FetchFixture {
  private Mirror archive;

  @BeforeEach
  void openArchive() throws Exception {
    archive = new Mirror();
    archive.serve("/first", exchange -> Mirror.answer(exchange, 404));
    archive.serve("/second", content);
    mirror.serve("/dropped", exchange -> Mirror.answer(exchange, 404));
    mirror.serve("/gone", exchange -> Mirror.answer(exchange, 410));
  }

  @AfterEach
  void closeArchive() {
    archive.close();
  }

  @Test
  void isAskedInItsOrderWhenEveryMirrorHasDroppedTheBytes() {
    URI noFile = directory.resolve("absent").toUri();

    Path file =
        fetcher().fetch(archived(mirror.address("/dropped"), mirror.address("/gone"), noFile));

    assertThat(file).hasBinaryContent(content);
    assertThat(mirror.requests()).containsExactly("GET /dropped", "GET /gone");
    assertThat(archive.requests()).containsExactly("GET /first", "GET /second");
  }

  @Test
  void isFollowedToTheTimeThatItRedirectsTo() {
    archive.serve("/moved", exchange -> Mirror.redirect(exchange, "second"));

    Path file =
        fetcher().fetch(download(content, mirror.address("/gone")).orFrom(lastResort("/moved")));

    assertThat(file).hasBinaryContent(content);
  }

  @Test
  void isNotAskedWhereAMirrorHasTheBytes() {
    mirror.serve("/kept", content);

    assertThat(fetcher().fetch(archived(mirror.address("/dropped"), mirror.address("/kept"))))
        .hasBinaryContent(content);
    assertThat(archive.requests()).isEmpty();
  }

  @Test
  void isNotAskedWhereAMirrorDidNotAnswerRefusedOrGaveOtherBytes() throws Exception {
    mirror.serve("/overloaded", exchange -> Mirror.answer(exchange, 503));
    mirror.serve("/forbidden", exchange -> Mirror.answer(exchange, 403));
    mirror.serve("/other", content(2, content.length));
    Path unreadable = Files.createDirectory(directory.resolve("directory"));
    try (DeadHost dead = new DeadHost()) {
      for (URI address :
          List.of(
              dead.address("/a"),
              mirror.address("/overloaded"),
              mirror.address("/forbidden"),
              mirror.address("/other"),
              unreadable.toUri())) {
        assertThat(failure(archived(mirror.address("/dropped"), address)))
            .as(address.toString())
            .hasMessageStartingWith("cannot fetch sample: ")
            .hasMessageContaining("/dropped answered 404: it is not there; ");
      }
    }

    assertThat(archive.requests()).isEmpty();
  }

  @Test
  void saysWhatIsLostWhereItDoesNotHaveTheBytesEither() {
    KilnException failure =
        failure(download(content, mirror.address("/gone")).orFrom(lastResort("/first")));

    assertThat(failure)
        .hasMessage(
            "sample is lost: %s answered 410: it is not there; %s answered 404: it is not there."
                    .formatted(mirror.address("/gone"), archive.address("/first"))
                + " Lock again.");
    assertThat(failure.kind()).isEqualTo(Kind.DEPENDENCY);
  }

  @Test
  void saysWhatIsLostWhereNobodyKeepsTheBytes() {
    assertThat(failure(download(content, mirror.address("/gone")).orFrom(lastResort())))
        .hasMessage(
            "sample is lost: %s answered 410: it is not there. Lock again."
                .formatted(mirror.address("/gone")));
  }

  @Test
  void isNotTakenForOneThatHasLostTheBytesWhileItDoesNotAnswer() {
    archive.serve("/overloaded", exchange -> Mirror.answer(exchange, 503));

    assertThat(
            failure(download(content, mirror.address("/gone")).orFrom(lastResort("/overloaded"))))
        .hasMessage(
            "cannot fetch sample: %s answered 410: it is not there; %s answered 503."
                    .formatted(mirror.address("/gone"), archive.address("/overloaded"))
                + " Try again when those that did not answer do; if it was removed there, lock"
                + " again.");
  }

  @Test
  void isCheckedAsEverybodyElse() {
    archive.serve("/forged", content(2, content.length));

    KilnException failure =
        failure(download(content, mirror.address("/gone")).orFrom(lastResort("/forged")));

    assertThat(failure).hasMessageContaining("/forged gives other bytes");
    assertThat(failure.kind()).isEqualTo(Kind.INPUT);
  }

  private Download archived(URI... addresses) {
    return download(content, addresses).orFrom(lastResort("/first", "/second"));
  }

  private LastResort lastResort(String... paths) {
    return new LastResort(
        Arrays.stream(paths).map(archive::address).toList(), "sample is lost", "Lock again");
  }
}
