package dev.kiln.builder.fetch;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The clients of the web, through the proxies of the environment: one for http, and one for https
 * that is made when it is first needed, because more than a hundred certificates are read for it.
 */
final class WebClients {
  /**
   * Schemes by which nobody may name himself to a proxy for https. The JDK has Basic in it, because
   * what is sent to the proxy is not encrypted; whoever writes a password into a proxy's variable
   * means it to be sent there, as every other program does (ADR 0034).
   */
  private static final String NOT_FOR_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

  private final EnvironmentProxies proxies;
  private final Map<String, String> environment;
  private final Patience patience;
  private final ThreadGroup threads = new ThreadGroup("web");
  private final HttpClient http;
  private @Nullable HttpClient https;

  WebClients(EnvironmentProxies proxies, Map<String, String> environment, Patience patience) {
    if (System.getProperty(NOT_FOR_TUNNELS) == null) {
      // Read once, when the first client is made.
      System.setProperty(NOT_FOR_TUNNELS, "");
    }
    this.environment = environment;
    this.proxies = proxies;
    this.patience = patience;
    this.http = client(Trust.nobody());
  }

  HttpClient of(URI address) {
    return Addresses.scheme(address).equals("https") ? https() : http;
  }

  /** The proxy through which an address is asked. */
  Optional<EnvironmentProxy> proxyOf(URI address) {
    return proxies.of(address);
  }

  private synchronized HttpClient https() {
    HttpClient there = https;
    if (there == null) {
      there = client(Trust.of(environment));
      https = there;
    }
    return there;
  }

  /**
   * Ends them. The clients of Java 17 cannot be closed; but their threads, which are in a group of
   * ours, end when they are interrupted. The end of the program would wait for them: 0.3 seconds.
   */
  void close() {
    threads.interrupt();
  }

  private HttpClient client(SSLContext trust) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            // One simple protocol through every proxy; many connections do the work of streams.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience.connect())
            .proxy(proxies)
            .sslContext(trust);
    // A client's threads are of the group of the thread that makes it.
    return CompletableFuture.supplyAsync(client::build, task -> new Thread(threads, task).start())
        .join();
  }
}
