package dev.kiln.lab.network;

import dev.kiln.failure.KilnException;
import dev.kiln.lab.process.Child;
import dev.kiln.lab.process.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * A door into a lab's network: a port of this host's loopback interface that leads to one TCP port
 * inside. A Java program cannot enter a namespace itself.
 */
public final class Relay implements AutoCloseable {
  private final Namespace namespace;
  private final Command towards;
  private final ServerSocket door;

  private Relay(Namespace namespace, Command towards, ServerSocket door) {
    this.namespace = namespace;
    this.towards = towards;
    this.door = door;
  }

  /**
   * Opens the door; whether anybody listens behind it shows when somebody goes through.
   *
   * @param address inside the lab's network
   */
  public static Relay open(Namespace namespace, String address, int port) {
    try {
      ServerSocket door = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
      Command towards = Command.of("busybox", "nc", address, Integer.toString(port));
      Relay relay = new Relay(namespace, towards, door);
      startThread(relay::letIn, "relay to " + address + ":" + port);
      return relay;
    } catch (IOException e) {
      throw KilnException.io("open a port on the loopback interface", e);
    }
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return door.getLocalPort();
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw KilnException.io("close a port on the loopback interface", e);
    }
  }

  private void letIn() {
    while (!door.isClosed()) {
      try {
        Socket visitor = door.accept();
        Child carrier = Child.startWithoutErrors(namespace.inside(towards));
        startThread(() -> carryIn(visitor, carrier), "relay in");
        startThread(() -> carryOut(visitor, carrier), "relay out");
      } catch (IOException e) {
        // Closed: the loop ends. A visitor who left again at once: the next one comes.
      }
    }
  }

  private static void carryIn(Socket visitor, Child carrier) {
    // The visitor's stream stays open: closing it would close the way back too.
    try (OutputStream to = carrier.input()) {
      copy(visitor.getInputStream(), to);
    } catch (IOException e) {
      // Either end has hung up, and closing passes that on.
    }
  }

  private static void carryOut(Socket visitor, Child carrier) {
    try (visitor) {
      copy(carrier.output(), visitor.getOutputStream());
    } catch (IOException e) {
      // Either end has hung up, and closing passes that on.
    } finally {
      carrier.stop(Duration.ZERO);
    }
  }

  /** Unlike {@link InputStream#transferTo} it passes on each piece as it comes. */
  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      to.write(buffer, 0, n);
      to.flush();
    }
  }

  private static void startThread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
