package dev.kiln.builder.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Takes each connection, says some words, and ends it: no proxy. */
final class DeafProxy implements AutoCloseable {
  private final ServerSocket server;

  DeafProxy(String words) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> serve(words));
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve(String words) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.getOutputStream().write(words.getBytes(US_ASCII));
        client.shutdownOutput();
        if (!words.isEmpty()) {
          // Closed with bytes unread the connection would be reset, and the words be lost.
          client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
      } catch (IOException e) {
        // The client went, or the test is over.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
