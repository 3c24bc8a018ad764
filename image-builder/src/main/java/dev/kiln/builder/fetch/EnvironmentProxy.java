package dev.kiln.builder.fetch;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Optional;

/**
 * A proxy that a variable of the environment names. Its words never hold its password.
 *
 * @param variable the variable's name, such as {@code https_proxy}
 * @param address {@code http://USER:PASSWORD@HOST:PORT}
 */
record EnvironmentProxy(String variable, URI address) {
  private static final int DEFAULT_PORT = 1080; // curl's

  Proxy way() {
    return new Proxy(
        Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port()));
  }

  private int port() {
    return address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
  }

  /** What it is told of who asks; empty where the variable names nobody. */
  Optional<String> credentials() {
    return BasicCredentials.of(address);
  }

  @Override
  public String toString() {
    return "the proxy " + address.getHost() + ":" + port() + " of the variable " + variable;
  }
}
