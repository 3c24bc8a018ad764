package dev.kiln.builder.fetch;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The clients of the web, through the proxies of the environment: one for http, and one for https
 * that is made when it is first needed, because more than a hundred certificates are read for it.
 */
final class WebClients {
  private final Map<String, String> environment;
  private final Patience patience;
  private final ThreadGroup threads = new ThreadGroup("web");
  private final HttpClient http;
  private @Nullable HttpClient https;

  WebClients(Map<String, String> environment, Patience patience) {
    this.environment = environment;
    this.patience = patience;
    this.http = client(Trust.nobody());
  }

  HttpClient of(URI address) {
    return Addresses.scheme(address).equals("https") ? https() : http;
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
    EnvironmentProxies proxies = new EnvironmentProxies(environment);
    HttpClient.Builder client =
        HttpClient.newBuilder()
            // One simple protocol through every proxy; many connections do the work of streams.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience.connect())
            .proxy(proxies)
            .authenticator(new Credentials(proxies))
            .sslContext(trust);
    // A client's threads are of the group of the thread that makes it.
    return CompletableFuture.supplyAsync(client::build, task -> new Thread(threads, task).start())
        .join();
  }
}
