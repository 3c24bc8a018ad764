package dev.kiln.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The proxies that the environment names. */
class ProxyIT extends FetchFixture {
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
}
