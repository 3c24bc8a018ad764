package dev.kiln.builder.fetch;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies of {@code http_proxy}, {@code https_proxy} and {@code no_proxy}, as curl reads them;
 * {@code HTTPS_PROXY} and {@code NO_PROXY} also count.
 */
final class EnvironmentProxies extends ProxySelector {
  private final Optional<EnvironmentProxy> http;
  private final Optional<EnvironmentProxy> https;
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
    return List.of(of(address).map(EnvironmentProxy::way).orElse(Proxy.NO_PROXY));
  }

  /** The one through which an address is asked; empty where it is asked directly. */
  Optional<EnvironmentProxy> of(URI address) {
    Optional<EnvironmentProxy> proxy = Addresses.scheme(address).equals("https") ? https : http;
    return proxy.filter(any -> !isDirect(address));
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

  private static Optional<EnvironmentProxy> proxy(
      Map<String, String> environment, String variable) {
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
    return Optional.of(new EnvironmentProxy(variable, proxy));
  }

  /** The value is not shown: it may hold a password. */
  private static KilnException unusable(String variable) {
    return KilnException.input(
        "the environment variable " + variable + " is not the address of an HTTP proxy",
        "Write http://HOST:PORT, or http://NAME:PASSWORD@HOST:PORT with %40 for @ and %23 for # in"
            + " them");
  }
}
