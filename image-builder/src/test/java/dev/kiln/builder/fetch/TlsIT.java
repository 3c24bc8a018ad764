package dev.kiln.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.progress.RecordingProgress;
import dev.kiln.failure.KilnException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {
  @TempDir Path directory;
  private PrivateAuthority authority;
  private Mirror mirror;

  @BeforeEach
  void start() throws Exception {
    authority = new PrivateAuthority(directory);
    mirror = Mirror.https(authority.server());
    mirror.serve("/a", "private".getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  @Test
  void trustsTheCertificatesOfTheEnvironment() {
    assertThat(fetch(trusting(), mirror.address("/a"))).isEqualTo("private");
  }

  @Test
  void refusesACertificateThatNobodyKnows() {
    assertThatThrownBy(() -> fetch(Map.of(), mirror.address("/a")))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("TLS failed")
        .hasMessageContaining("SSL_CERT_FILE");
  }

  @Test
  void refusesARedirectThatGivesUpTls() throws Exception {
    try (Mirror plain = new Mirror()) {
      plain.serve("/a", "open".getBytes(StandardCharsets.UTF_8));
      plain.serve("/up", exchange -> Mirror.redirect(exchange, mirror.address("/a").toString()));
      mirror.serve("/down", exchange -> Mirror.redirect(exchange, plain.address("/a").toString()));

      assertThat(fetch(trusting(), plain.address("/up"))).isEqualTo("private");
      assertThatThrownBy(() -> fetch(trusting(), mirror.address("/down")))
          .isInstanceOf(KilnException.class)
          .hasMessageContaining("redirects from https to http");
      assertThat(plain.requests()).containsExactly("GET /up");
    }
  }

  @Test
  void refusesAFileOfCertificatesThatIsNone() throws Exception {
    Path none = Files.writeString(directory.resolve("none.pem"), "nothing");
    for (Path file : List.of(none, directory.resolve("missing.pem"))) {
      assertThatThrownBy(
              () -> fetch(Map.of("SSL_CERT_FILE", file.toString()), mirror.address("/a")))
          .isInstanceOf(KilnException.class)
          .hasMessageContaining("SSL_CERT_FILE names " + file);
    }
  }

  @Test
  void readsNoCertificateForHttp() throws Exception {
    Map<String, String> nobody = Map.of("SSL_CERT_FILE", directory.resolve("missing").toString());
    try (Mirror plain = new Mirror()) {
      plain.serve("/a", "open".getBytes(StandardCharsets.UTF_8));

      assertThat(fetch(nobody, plain.address("/a"))).isEqualTo("open");
    }
  }

  private Map<String, String> trusting() {
    return Map.of("SSL_CERT_FILE", authority.certificate().toString());
  }

  private String fetch(Map<String, String> environment, URI address) {
    Cache cache = new Cache(directory.resolve("cache"));
    return Mirror.contentOf(
        new Fetcher(cache, new RecordingProgress(), environment)
            .askSmall("sample", address, 100, false));
  }
}
