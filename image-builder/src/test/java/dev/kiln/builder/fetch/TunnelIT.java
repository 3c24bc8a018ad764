package dev.kiln.builder.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.progress.RecordingProgress;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** https through a proxy that wants to know who asks, or that is of no use. */
class TunnelIT {
  private static final String SECRET = "p@ss:wört #1";
  // Nothing here is about time: a busy machine must not look like a dead proxy.
  private static final Patience PATIENT =
      new Patience(Duration.ofMinutes(1), Duration.ofMinutes(1), 1, Duration.ofMillis(1));
  private static final String WRITTEN = "p%40ss:w%C3%B6rt%20%231";

  @TempDir Path directory;
  private final List<String> proxyHeadersAtTheMirror = new CopyOnWriteArrayList<>();
  private PrivateAuthority authority;
  private Mirror mirror;
  private ConnectProxy proxy;

  @BeforeEach
  void start() throws Exception {
    authority = new PrivateAuthority(directory);
    mirror = Mirror.https(authority.server());
    mirror.serve(
        "/a",
        exchange -> {
          exchange.getRequestHeaders().keySet().stream()
              .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("proxy-"))
              .forEach(proxyHeadersAtTheMirror::add);
          Mirror.send(exchange, "behind".getBytes(UTF_8));
        });
    String right =
        "Proxy-Authorization: Basic "
            + Base64.getEncoder().encodeToString(("user:" + SECRET).getBytes(UTF_8));
    proxy = new ConnectProxy(header -> header.contains(right) ? 200 : 407);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    mirror.close();
  }

  @Test
  void namesItselfToTheProxyAndToNobodyElse() {
    assertThat(fetch(through("user:" + WRITTEN + "@"))).isEqualTo("behind");

    assertThat(proxy.asked())
        .isNotEmpty()
        .allMatch(
            line -> line.equals("CONNECT " + mirror.address("").getAuthority() + " HTTP/1.1"));
    assertThat(proxyHeadersAtTheMirror).isEmpty();
  }

  @Test
  void saysThatTheProxyRefusesThePasswordAndDoesNotShowIt() {
    KilnException failure = failure(through("user:sesame-" + WRITTEN + "@"));

    assertThat(failure)
        .hasMessageContaining(
            mirror.address("/a")
                + " was not asked: the proxy 127.0.0.1:"
                + proxy.port()
                + " of the variable https_proxy refuses the name and password given (407)."
                + " Mend the proxy, or the variable https_proxy");
    assertThat(failure.kind()).isEqualTo(KilnException.Kind.DEPENDENCY);
    assertThat(withStackTrace(failure)).doesNotContain("sesame").doesNotContain("wört");
  }

  @Test
  void saysThatTheProxyWantsAPassword() {
    assertThat(failure(through("")))
        .hasMessageContaining("of the variable https_proxy wants a name and a password (407)");
  }

  @ParameterizedTest
  @CsvSource({"403", "502"})
  void saysThatTheProxyRefusesTheHost(int status) throws IOException {
    try (ConnectProxy other = new ConnectProxy(header -> status)) {
      assertThat(failure(through(other.port(), "")))
          .hasMessageContaining("of the variable https_proxy answered " + status);
    }
  }

  @Test
  void saysThatItIsTheProxyThatDoesNotAnswer() throws IOException {
    proxy.close();

    assertThat(failure(through("user:" + WRITTEN + "@")))
        .hasMessageContaining("of the variable https_proxy no connection. Mend the proxy")
        .hasMessageNotContaining("wört");
  }

  /** Something listens at its port, and is no proxy, or none that is well. */
  @ParameterizedTest
  @ValueSource(strings = {"", "220 mail.example ESMTP\r\n"})
  void namesTheProxyWhereNoAnswerComesThroughIt(String words) throws IOException {
    try (DeafProxy deaf = new DeafProxy(words)) {
      assertThat(failure(through(deaf.port(), "")))
          .hasMessageContaining(
              "gave no answer through the proxy 127.0.0.1:"
                  + deaf.port()
                  + " of the variable https_proxy: ")
          .hasMessageContaining("Mend the proxy, or the variable https_proxy");
    }
  }

  @Test
  void goesAroundTheProxyWhereNoProxySaysSo() {
    Map<String, String> environment = new HashMap<>(through(""));
    environment.put("no_proxy", "127.0.0.0/8");

    assertThat(fetch(environment)).isEqualTo("behind");
    assertThat(proxy.asked()).isEmpty();
  }

  private Map<String, String> through(String user) {
    return through(proxy.port(), user);
  }

  private Map<String, String> through(int port, String user) {
    return Map.of(
        "https_proxy",
        "http://" + user + "127.0.0.1:" + port,
        "SSL_CERT_FILE",
        authority.certificate().toString());
  }

  private KilnException failure(Map<String, String> environment) {
    return catchThrowableOfType(KilnException.class, () -> fetch(environment));
  }

  private String fetch(Map<String, String> environment) {
    Cache cache = new Cache(directory.resolve("cache"));
    try (Fetcher fetcher = new Fetcher(cache, new RecordingProgress(), environment, PATIENT)) {
      return Mirror.contentOf(fetcher.askSmall("sample", mirror.address("/a"), 100, false));
    }
  }

  private static String withStackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
