package dev.kiln.builder.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** A web server on this machine that answers as a test wants, and remembers what it was asked. */
public final class Mirror implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final String scheme;

  /** What an address gave, as text; it must have given something. */
  static String contentOf(SmallAnswer answer) {
    if (answer instanceof SmallAnswer.Missing missing) {
      throw missing.failure();
    }
    return new String(((SmallAnswer.Given) answer).content(), UTF_8);
  }

  public Mirror() throws IOException {
    this(HttpServer.create(loopback(), 0), "http");
  }

  private Mirror(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(workers);
    server.start();
  }

  /** One that speaks TLS. */
  static Mirror https(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new Mirror(server, "https");
  }

  public URI address(String path) {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Method, path and range of each request, such as {@code GET /a bytes=3-}. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  public void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          requests.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + (range == null ? "" : " " + range));
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  public void serve(String path, byte[] content) {
    serve(path, exchange -> send(exchange, content));
  }

  /** Sends it, or the part that is asked for. */
  public static void send(HttpExchange exchange, byte[] content) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    Matcher wanted = RANGE.matcher(String.valueOf(range));
    int from = wanted.matches() ? Integer.parseInt(wanted.group(1)) : 0;
    int end =
        wanted.matches() && !wanted.group(2).isEmpty()
            ? Integer.parseInt(wanted.group(2)) + 1
            : content.length;
    if (from >= content.length && range != null) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (range != null) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(range == null ? 200 : 206, end - from);
    exchange.getResponseBody().write(content, from, end - from);
  }

  public static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(302, -1);
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
