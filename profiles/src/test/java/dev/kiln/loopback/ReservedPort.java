package dev.kiln.loopback;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * A TCP port of the loopback interface that nobody else gets while this is open. It refuses
 * connections until the program that is told it listens there.
 *
 * <p>It is held by a socket that is bound and does not listen. Beside such a one another may listen
 * where both allow it (SO_REUSEADDR, socket(7)), as servers do; and the kernel gives the port to
 * nobody who asks for any.
 */
public final class ReservedPort implements AutoCloseable {
  private final Socket socket = new Socket();

  public ReservedPort() throws IOException {
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  public int number() {
    return socket.getLocalPort();
  }

  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + number() + path);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
