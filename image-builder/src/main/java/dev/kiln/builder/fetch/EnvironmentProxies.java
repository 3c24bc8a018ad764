package dev.kiln.builder.fetch;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies of {@code http_proxy}, {@code https_proxy} and {@code no_proxy}, as curl reads them;
 * {@code HTTPS_PROXY} and {@code NO_PROXY} also count.
 */
final class EnvironmentProxies extends ProxySelector {
  private static final int DEFAULT_PORT = 1080; // curl's

  private final Optional<URI> http;
  private final Optional<URI> https;
  private final List<String> direct;

  EnvironmentProxies(Map<String, String> environment) {
    http = proxy(environment, "http_proxy");
    https = proxy(environment, "https_proxy").or(() -> proxy(environment, "HTTPS_PROXY"));
    String exceptions =
        environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    direct =
        Arrays.stream(exceptions.toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(name -> !name.isEmpty())
            .toList();
  }

  @Override
  public List<Proxy> select(URI address) {
    Optional<URI> proxy = Addresses.scheme(address).equals("https") ? https : http;
    return proxy
        .filter(any -> !isDirect(address))
        .map(EnvironmentProxies::through)
        .map(List::of)
        .orElse(List.of(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
    // The attempt itself reports its failure.
  }

  private boolean isDirect(URI address) {
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    return direct.stream().anyMatch(name -> name.equals("*") || within(host, name));
  }

  private static boolean within(String host, String name) {
    if (name.contains("/")) {
      return AddressRange.parse(name).filter(range -> range.contains(host)).isPresent();
    }
    String bare = name.startsWith(".") ? name.substring(1) : name;
    return host.equals(bare) || host.endsWith("." + bare);
  }

  /** The user and password of the proxy at a host, where its variable has them. */
  Optional<String> userInfo(String host) {
    return Stream.of(http, https)
        .flatMap(Optional::stream)
        .filter(proxy -> proxy.getHost().equalsIgnoreCase(host))
        .flatMap(proxy -> Stream.ofNullable(proxy.getUserInfo()))
        .findFirst();
  }

  private static Proxy through(URI proxy) {
    int port = proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port));
  }

  private static Optional<URI> proxy(Map<String, String> environment, String variable) {
    String value = environment.getOrDefault(variable, "").strip();
    if (value.isEmpty()) {
      return Optional.empty();
    }
    URI proxy;
    try {
      proxy = URI.create(value.contains("://") ? value : "http://" + value);
    } catch (IllegalArgumentException e) {
      throw unusable(variable);
    }
    if (!Addresses.scheme(proxy).equals("http") || proxy.getHost() == null) {
      throw unusable(variable);
    }
    return Optional.of(proxy);
  }

  /** The value is not shown: it may hold a password. */
  private static KilnException unusable(String variable) {
    return KilnException.input(
        "the environment variable " + variable + " is not the address of an HTTP proxy",
        "Write http://HOST:PORT");
  }
}
