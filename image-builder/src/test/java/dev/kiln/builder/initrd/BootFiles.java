package dev.kiln.builder.initrd;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A boot server's files on the loopback interface, also such as no sound server gives out. */
final class BootFiles implements AutoCloseable {
  /** Answers one request. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  BootFiles() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What was asked for, and from where on. */
  List<String> requests() {
    return requests;
  }

  void put(String name, byte[] content) {
    put(
        name,
        exchange -> {
          exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
          exchange.getResponseBody().write(content);
        });
  }

  /** Announces the whole, gives a part and hangs up; from there on, the rest. */
  void putInTwoParts(String name, byte[] content, int first) {
    put(
        name,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          int from = range == null ? 0 : first;
          if (range != null) {
            exchange
                .getResponseHeaders()
                .set(
                    "Content-Range",
                    "bytes " + first + "-" + (content.length - 1) + "/" + content.length);
          }
          exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
          int end = range == null ? first : content.length;
          exchange.getResponseBody().write(content, from, end - from);
          exchange.getResponseBody().flush();
        });
  }

  /** Sends zeros until nobody takes them any more. */
  void putWithoutEnd(String name) {
    put(
        name,
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          byte[] zeros = new byte[1 << 16];
          for (long sent = 0; sent < 1L << 34; sent += zeros.length) {
            body.write(zeros);
          }
        });
  }

  void put(String name, Answer answer) {
    answers.put("/" + name, answer);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(path + " " + exchange.getRequestHeaders().getFirst("Range"));
    Answer answer = answers.get(path);
    try (exchange) {
      if (answer == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        answer.to(exchange);
      }
    }
  }
}
