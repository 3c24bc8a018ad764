package dev.kiln.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.KilnException.Kind;
import dev.kiln.file.Digest;
import dev.kiln.loopback.ReservedPort;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Downloads from addresses that answer, that refuse and that are dead. */
class FetcherIT extends FetchFixture {
  private final List<URI> asked = new CopyOnWriteArrayList<>();
  private Fetcher counting;

  @BeforeEach
  void countRequests() {
    Source web =
        new WebSource(new WebClients(new EnvironmentProxies(Map.of()), Map.of(), SHORT), SHORT);
    Source counted =
        (address, from) -> {
          asked.add(address.resolve("/"));
          return web.open(address, from);
        };
    counting = new Fetcher(cache, progress, SHORT, new Sources(() -> counted));
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

  /** A program that ends waits for such threads. */
  @Test
  void leavesNoThreadOfItsConnectionsBehind() throws Exception {
    Set<Thread> before = selectors();
    Set<Thread> its;
    mirror.serve("/a", content);
    try (Fetcher fetcher = fetcher()) {
      fetcher.fetch(download(content, mirror.address("/a")));
      its = selectors();
      // Those of tests before this one may end at any time.
      its.removeAll(before);
      assertThat(its).isNotEmpty();
    }
    for (Thread thread : its) {
      thread.join(10_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  private static Set<Thread> selectors() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().endsWith("-SelectorManager"))
        .collect(Collectors.toCollection(HashSet::new));
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

      counting.fetchAll(downloads);

      // Those that were on their way together learn it together; nobody asks it afterwards.
      assertThat(asked).filteredOn(dead.address("/")::equals).hasSizeBetween(1, Fetcher.AT_ONCE);
      assertThat(mirror.requests()).hasSize(100);
    }
  }

  @Test
  void asksADeadHostAgainOnlyWhereNobodyElseCanBeAsked() throws Exception {
    try (DeadHost dead = new DeadHost();
        DeadHost alone = new DeadHost()) {
      for (DeadHost host : List.of(dead, alone)) {
        URI address = host.address("/InRelease");
        assertThatThrownBy(() -> counting.askSmall("InRelease", address, 6, host == dead))
            .hasMessageContaining("no connection in time");
      }

      assertThat(asked).filteredOn(dead.address("/")::equals).hasSize(1);
      assertThat(asked).filteredOn(alone.address("/")::equals).hasSize(SHORT.attempts());
    }
  }

  @Test
  void saysWhatEachAddressAnswered() throws Exception {
    mirror.serve("/missing", exchange -> Mirror.answer(exchange, 404));
    mirror.serve("/forbidden", exchange -> Mirror.answer(exchange, 403));
    mirror.serve("/other", content(2, content.length));
    try (DeadHost dead = new DeadHost();
        ReservedPort closed = new ReservedPort()) {
      KilnException failure =
          failure(
              download(
                  content,
                  closed.address("/a"),
                  dead.address("/a"),
                  URI.create("http://host.invalid/a"),
                  mirror.address("/missing"),
                  mirror.address("/forbidden"),
                  mirror.address("/other"),
                  URI.create("file:///nowhere/a")));

      assertThat(failure)
          .hasMessageContaining(closed.address("/a") + " no connection")
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
  void readsSomethingSmallAndTellsWhatIsNotThereFromWhatIsTooMuch() {
    mirror.serve("/missing", exchange -> Mirror.answer(exchange, 404));
    mirror.serve("/InRelease", "signed".getBytes(StandardCharsets.UTF_8));
    mirror.serve("/empty", new byte[0]);

    assertThat(Mirror.contentOf(small("/InRelease", 6))).isEqualTo("signed");
    assertThat(Mirror.contentOf(small("/empty", 6))).isEmpty();
    assertThat(small("/missing", 6))
        .isInstanceOfSatisfying(
            SmallAnswer.Missing.class,
            missing -> assertThat(missing.failure()).hasMessageContaining("/missing answered 404"));
    assertThatThrownBy(() -> small("/InRelease", 5))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("/InRelease gives more than the 5 bytes that are allowed");
  }

  private SmallAnswer small(String path, int most) {
    return fetcher().askSmall("InRelease", mirror.address(path), most, false);
  }

  private static Digest digestOf(Path file) {
    try {
      return Digest.of(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
