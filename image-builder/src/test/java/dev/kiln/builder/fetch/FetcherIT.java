package dev.kiln.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.progress.RecordingProgress;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.KilnException.Kind;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetcherIT {
  private static final Patience SHORT =
      new Patience(Duration.ofMillis(500), Duration.ofSeconds(2), 3, Duration.ofMillis(1));

  private final byte[] content = content(1, 300_000);
  private final RecordingProgress progress = new RecordingProgress();

  @TempDir Path directory;
  private Mirror mirror;
  private Cache cache;

  @BeforeEach
  void start() throws IOException {
    mirror = new Mirror();
    cache = new Cache(directory.resolve("cache"));
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  @Test
  void fetchesAllAtOnceAndNothingTwice() {
    List<Download> downloads = new ArrayList<>();
    CountDownLatch together = new CountDownLatch(8);
    for (int i = 0; i < 20; i++) {
      byte[] one = content(i, 1000 + i);
      boolean first = i < 8;
      mirror.serve(
          "/" + i + "/",
          exchange -> {
            if (first) {
              await(together);
            }
            Mirror.send(exchange, one);
          });
      downloads.add(download(one, mirror.address("/" + i + "/")));
    }
    downloads.add(downloads.get(0));

    Map<Digest, Path> fetched = fetcher().fetchAll(downloads);
    fetcher().fetchAll(downloads);

    assertThat(fetched).hasSize(20);
    fetched.forEach((digest, file) -> assertThat(digestOf(file)).isEqualTo(digest));
    assertThat(mirror.requests()).hasSize(20);
    assertThat(progress.advanced()).isEqualTo(20 * 1000 + 190);
    assertThat(progress.events())
        .containsExactly("bar fetch 20190", "closed fetch", "bar fetch 0", "closed fetch");
  }

  @Test
  void takesTheNextAddressWhenTheFirstIsDead() throws Exception {
    mirror.serve("/a", content);
    try (DeadHost dead = new DeadHost()) {
      Path file = fetcher().fetch(download(content, dead.address("/a"), mirror.address("/a")));

      assertThat(file).hasBinaryContent(content);
    }
  }

  @Test
  void asksADeadHostOnce() throws Exception {
    List<Download> downloads = new ArrayList<>();
    try (DeadHost dead = new DeadHost()) {
      for (int i = 0; i < 100; i++) {
        byte[] one = content(i, 10);
        mirror.serve("/" + i + "/", one);
        downloads.add(download(one, dead.address("/" + i + "/"), mirror.address("/" + i + "/")));
      }

      long start = System.nanoTime();
      fetcher().fetchAll(downloads);

      // 100 attempts, 8 at a time, would take 6 seconds.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void saysWhatEachAddressAnswered() throws Exception {
    URI refused;
    try (ServerSocket closed = new ServerSocket(0)) {
      refused = URI.create("http://127.0.0.1:" + closed.getLocalPort() + "/a");
    }
    mirror.serve("/missing", exchange -> Mirror.answer(exchange, 404));
    mirror.serve("/forbidden", exchange -> Mirror.answer(exchange, 403));
    mirror.serve("/other", content(2, content.length));
    try (DeadHost dead = new DeadHost()) {
      KilnException failure =
          failure(
              download(
                  content,
                  refused,
                  dead.address("/a"),
                  URI.create("http://host.invalid/a"),
                  mirror.address("/missing"),
                  mirror.address("/forbidden"),
                  mirror.address("/other"),
                  URI.create("file:///nowhere/a")));

      assertThat(failure)
          .hasMessageContaining(refused + " no connection")
          .hasMessageContaining(dead.address("/a") + " no connection in time")
          .hasMessageContaining("http://host.invalid/a its host name is not known")
          .hasMessageContaining("/missing answered 404: it is not there")
          .hasMessageContaining("/forbidden answered 403")
          .hasMessageContaining(
              "/other gives other bytes: " + Digest.of(content(2, content.length)))
          .hasMessageContaining("file:///nowhere/a there is no such file");
      assertThat(failure.problems()).hasSize(1);
      assertThat(failure.kind()).isEqualTo(Kind.INPUT);
    }
  }

  @Test
  void tellsAMissingFileFromADeadMirror() throws Exception {
    mirror.serve("/missing", exchange -> Mirror.answer(exchange, 404));
    try (DeadHost dead = new DeadHost()) {
      KilnException missing = failure(download(content, mirror.address("/missing")));
      KilnException unreachable = failure(download(content, dead.address("/a")));

      assertThat(missing.kind()).isEqualTo(Kind.DEPENDENCY);
      assertThat(missing).hasMessageContaining("lock again");
      assertThat(unreachable.kind()).isEqualTo(Kind.DEPENDENCY);
      assertThat(unreachable).hasMessageContaining("Check the network");
    }
  }

  @Test
  void fetchesTheOthersWhenSomeFailAndTellsEveryFailure() {
    mirror.serve("/missing", exchange -> Mirror.answer(exchange, 404));
    mirror.serve("/a", content);
    byte[] one = content(3, 10);
    byte[] two = content(4, 10);

    KilnException failure =
        catchThrowableOfType(
            KilnException.class,
            () ->
                fetcher()
                    .fetchAll(
                        List.of(
                            download(one, mirror.address("/missing/1")),
                            download(two, mirror.address("/missing/2")),
                            download(content, mirror.address("/a")))));

    assertThat(failure.problems()).hasSize(2);
    assertThat(cache.find(Digest.of(content))).isPresent();
  }

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

  @Test
  void asksAgainWhileAServerIsOverloadedButNotForEver() {
    AtomicInteger asked = new AtomicInteger();
    mirror.serve(
        "/recovering",
        exchange -> {
          if (asked.incrementAndGet() < 3) {
            Mirror.answer(exchange, 503);
          } else {
            Mirror.send(exchange, content);
          }
        });
    mirror.serve("/overloaded", exchange -> Mirror.answer(exchange, 503));

    assertThat(fetcher().fetch(download(content, mirror.address("/recovering"))))
        .hasBinaryContent(content);
    assertThat(failure(download(content(2, 10), mirror.address("/overloaded"))))
        .hasMessageContaining("answered 503");

    assertThat(mirror.requests()).hasSize(6);
  }

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
            pause();
          }
        });
    Patience once =
        new Patience(Duration.ofSeconds(2), Duration.ofSeconds(2), 1, Duration.ofMillis(1));

    assertThat(fetcher(Map.of(), once).fetch(download(small, mirror.address("/slow"))))
        .hasBinaryContent(small);
  }

  @Test
  void followsRedirectsButNotForEver() {
    mirror.serve("/a", content);
    mirror.serve("/moved", exchange -> Mirror.redirect(exchange, "a"));
    mirror.serve("/circle", exchange -> Mirror.redirect(exchange, "/circle"));
    mirror.serve("/escape", exchange -> Mirror.redirect(exchange, "file:///etc/passwd"));

    assertThat(fetcher().fetch(download(content, mirror.address("/moved"))))
        .hasBinaryContent(content);
    assertThat(failure(download(content(2, 10), mirror.address("/circle"))))
        .hasMessageContaining("redirects more than 5 times");
    assertThat(failure(download(content(2, 10), mirror.address("/escape"))))
        .hasMessageContaining("redirects to what is no web address");
    assertThat(mirror.requests()).filteredOn("GET /circle"::equals).hasSize(6);
  }

  @Test
  void takesFilesFromAMediumOfThisMachine() throws Exception {
    Path file = Files.write(directory.resolve("a file.deb"), content);

    assertThat(fetcher().fetch(download(content, file.toUri()))).hasBinaryContent(content);
    assertThat(failure(download(content(2, content.length), file.toUri())))
        .hasMessageContaining("gives other bytes");
  }

  @Test
  void goesThroughTheProxyOfTheEnvironment() {
    mirror.serve("/", content);
    Download elsewhere = download(content, URI.create("http://mirror.invalid/pool/a"));
    Map<String, String> environment =
        Map.of("http_proxy", mirror.address("").toString(), "no_proxy", "localhost,.example.org");

    assertThat(fetcher(environment, SHORT).fetch(elsewhere)).hasBinaryContent(content);

    assertThat(mirror.requests()).containsExactly("GET http://mirror.invalid/pool/a");
  }

  @Test
  void namesItselfToAProxyThatAsks() {
    mirror.serve(
        "/",
        exchange -> {
          String credentials = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          // "user:secret" in base 64
          if ("Basic dXNlcjpzZWNyZXQ=".equals(credentials)) {
            Mirror.send(exchange, content);
          } else {
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
            Mirror.answer(exchange, 407);
          }
        });
    Download elsewhere = download(content, URI.create("http://mirror.invalid/pool/a"));
    String proxy = mirror.address("").toString();

    assertThat(
            fetcher(Map.of("http_proxy", proxy.replace("//", "//user:secret@")), SHORT)
                .fetch(elsewhere))
        .hasBinaryContent(content);
  }

  @Test
  void namesItselfToAMirrorThatAsksButNeverInAMessage() {
    mirror.serve(
        "/a",
        exchange -> {
          // "user:secret" in base 64
          String credentials = exchange.getRequestHeaders().getFirst("Authorization");
          if ("Basic dXNlcjpzZWNyZXQ=".equals(credentials)) {
            Mirror.send(exchange, content);
          } else {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"mirror\"");
            Mirror.answer(exchange, 401);
          }
        });
    URI right = withUser("user:secret");
    URI wrong = withUser("user:wrong");

    assertThat(fetcher().fetch(download(content, right))).hasBinaryContent(content);
    assertThat(failure(download(content(2, 10), wrong)))
        .hasMessageContaining(mirror.address("/a") + " refuses the name and password given")
        .hasMessageNotContaining("wrong");
  }

  private URI withUser(String user) {
    return URI.create(mirror.address("/a").toString().replace("//", "//" + user + "@"));
  }

  @Test
  void shortensWhatADeadMirrorHasToSay() {
    mirror.serve("/", exchange -> Mirror.answer(exchange, 404));
    List<Download> downloads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      downloads.add(download(content(i, 10), mirror.address("/" + i)));
    }

    KilnException failure =
        catchThrowableOfType(KilnException.class, () -> fetcher().fetchAll(downloads));

    assertThat(failure.problems()).hasSize(11);
    assertThat(failure).hasMessageEndingWith("and 40 more like these.");
  }

  @Test
  void readsSomethingSmallFromTheFirstAddressThatHasIt() {
    mirror.serve("/missing", exchange -> Mirror.answer(exchange, 404));
    mirror.serve("/InRelease", "signed".getBytes(StandardCharsets.UTF_8));
    mirror.serve("/empty", new byte[0]);
    List<URI> addresses = List.of(mirror.address("/missing"), mirror.address("/InRelease"));

    assertThat(fetcher().fetchSmall("InRelease", addresses, 6)).asString().isEqualTo("signed");
    assertThat(fetcher().fetchSmall("empty", List.of(mirror.address("/empty")), 6)).isEmpty();
    assertThatThrownBy(() -> fetcher().fetchSmall("InRelease", addresses, 5))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("/missing answered 404")
        .hasMessageContaining("/InRelease gives more than the 5 bytes that are allowed");
  }

  private Fetcher fetcher() {
    return fetcher(Map.of(), SHORT);
  }

  private Fetcher fetcher(Map<String, String> environment, Patience patience) {
    return new Fetcher(cache, progress, environment, patience);
  }

  private KilnException failure(Download download) {
    KilnException failure =
        catchThrowableOfType(KilnException.class, () -> fetcher().fetch(download));
    assertThat(failure).isNotNull();
    return failure;
  }

  private static Download download(byte[] content, URI... addresses) {
    return new Download(
        "sample", Digest.of(content), OptionalLong.of(content.length), List.of(addresses));
  }

  private static Download sizeless(byte[] content, URI... addresses) {
    return new Download("sample", Digest.of(content), OptionalLong.empty(), List.of(addresses));
  }

  private Path partial() {
    return cache.root().resolve("partial").resolve(Digest.of(content).hex());
  }

  private static byte[] content(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static Digest digestOf(Path file) {
    try {
      return Digest.of(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void sendForEver(OutputStream out) throws IOException {
    byte[] chunk = new byte[1 << 16];
    while (true) {
      out.write(chunk);
    }
  }

  private static void await(CountDownLatch latch) {
    latch.countDown();
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The speed of the slow server itself; nothing is waited for. */
  private static void pause() {
    try {
      Thread.sleep(150);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
