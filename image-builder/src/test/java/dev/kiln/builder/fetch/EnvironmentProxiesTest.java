package dev.kiln.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {
  private static final Map<String, String> BOTH =
      Map.of("http_proxy", "http://plain:3128", "https_proxy", "tls:3129");

  @Test
  void choosesTheProxyByTheScheme() {
    assertThat(proxy(BOTH, "http://example.org/a")).isEqualTo("plain:3128");
    assertThat(proxy(BOTH, "https://example.org/a")).isEqualTo("tls:3129");
    assertThat(proxy(Map.of("HTTPS_PROXY", "http://tls"), "https://example.org/a"))
        .isEqualTo("tls:1080");
  }

  @Test
  void goesDirectlyWithoutAProxy() {
    assertThat(proxy(Map.of(), "http://example.org/a")).isEqualTo("direct");
    assertThat(proxy(Map.of("http_proxy", ""), "http://example.org/a")).isEqualTo("direct");
    // A web server passes request headers on as HTTP_*: a client could choose the proxy.
    assertThat(proxy(Map.of("HTTP_PROXY", "http://evil:1"), "http://example.org/a"))
        .isEqualTo("direct");
  }

  @ParameterizedTest
  @CsvSource({
    "example.org, example.org, direct",
    "example.org, www.example.org, direct",
    ".example.org, example.org, direct",
    "example.org, badexample.org, plain:3128",
    "'a,example.org', example.org, direct",
    "'a example.org', EXAMPLE.org, direct",
    "*, anything, direct",
    "10.0.0.0/8, 10.1.2.3, direct",
    "10.0.0.0/8, 11.1.2.3, plain:3128",
    "10.0.0.0/8, 10.example.org, plain:3128",
    "10.1.2.3, 10.1.2.3, direct",
    "192.168.1.128/25, 192.168.1.127, plain:3128",
    "192.168.1.128/25, 192.168.1.200, direct",
    "fd00::/8, [fd12::1], direct",
    "fd00::/8, [fe80::1], plain:3128",
    "10.0.0.0/99, 10.1.2.3, plain:3128",
    "0.0.0.0/0, [::1], plain:3128",
  })
  void honoursNoProxy(String exceptions, String host, String expected) {
    Map<String, String> environment =
        Map.of("http_proxy", "http://plain:3128", "no_proxy", exceptions);

    assertThat(proxy(environment, "http://" + host + "/a")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"socks5://user:secret@proxy", "https://secret", "http://", "://secret", "a b"})
  void refusesWhatIsNoHttpProxyWithoutShowingIt(String value) {
    assertThatThrownBy(() -> new EnvironmentProxies(Map.of("http_proxy", value)))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("the environment variable http_proxy is not the address")
        .hasMessageNotContaining("secret");
  }

  private static String proxy(Map<String, String> environment, String address) {
    Proxy proxy = new EnvironmentProxies(environment).select(URI.create(address)).get(0);
    return proxy.address() instanceof InetSocketAddress at
        ? at.getHostString() + ":" + at.getPort()
        : "direct";
  }
}
