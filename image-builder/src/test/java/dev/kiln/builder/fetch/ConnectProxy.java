package dev.kiln.builder.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy for https (RFC 9110, section 9.3.6) that lets pass whom its test lets pass. */
final class ConnectProxy implements AutoCloseable {
  /** What it answers to the header of a request. */
  @FunctionalInterface
  interface Gate {
    int status(List<String> header);
  }

  private final ServerSocket server;
  private final Gate gate;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  ConnectProxy(Gate gate) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.gate = gate;
    workers.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** The first line of each request. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        workers.execute(() -> answer(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket client) {
    try (client) {
      List<String> header = header(client.getInputStream());
      asked.add(header.get(0));
      int status = gate.status(header);
      OutputStream out = client.getOutputStream();
      if (status != 200) {
        String words =
            "HTTP/1.1 "
                + status
                + " No\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n";
        out.write(words.getBytes(ISO_8859_1));
        return;
      }
      String[] target = header.get(0).split("[ :]");
      try (Socket mirror = new Socket(target[1], Integer.parseInt(target[2]))) {
        out.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(ISO_8859_1));
        workers.execute(() -> pass(client, mirror));
        mirror.getInputStream().transferTo(out);
      }
    } catch (IOException e) {
      // One side has ended: so does the other.
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // As above.
    }
  }

  private static List<String> header(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c != '\n') {
        line.append((char) c);
      } else if (line.toString().isBlank()) {
        return lines;
      } else {
        lines.add(line.toString().strip());
        line.setLength(0);
      }
    }
    throw new IOException("no request");
  }

  @Override
  public void close() throws IOException {
    server.close();
    workers.shutdownNow();
  }
}
