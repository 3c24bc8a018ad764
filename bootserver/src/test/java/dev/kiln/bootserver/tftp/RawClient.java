package dev.kiln.bootserver.tftp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A TFTP client that does just what a test says. */
final class RawClient implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 60_000;
  private static final int BETWEEN_REQUESTS_MILLIS = 40;

  private final InetSocketAddress server;
  private final DatagramSocket socket;
  private SocketAddress transfer;

  RawClient(InetSocketAddress server) throws IOException {
    this(server, "127.0.0.1");
  }

  /** One with another address of the loopback network. */
  RawClient(InetSocketAddress server, String address) throws IOException {
    this.server = server;
    this.transfer = server;
    this.socket = new DatagramSocket(new InetSocketAddress(address, 0));
    socket.setSoTimeout(DEADLINE_MILLIS);
  }

  static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  void request(String file, String... options) throws IOException {
    String all =
        file + "\0octet\0" + (options.length == 0 ? "" : String.join("\0", options) + "\0");
    send("0001" + hex(all), server);
  }

  /** Asks for a name of any octets. */
  void requestHex(String file) throws IOException {
    send("0001" + file + "00" + hex("octet\0"), server);
  }

  void acknowledge(int block) throws IOException {
    send(String.format("0004%04x", block), transfer);
  }

  void sendError(int code, String message) throws IOException {
    send(String.format("0005%04x", code) + hex(message + "\0"), transfer);
  }

  /** The next packet; what is sent afterwards goes to where it came from. */
  String receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[66_000], 66_000);
    socket.receive(packet);
    transfer = packet.getSocketAddress();
    return HexFormat.of().formatHex(Arrays.copyOf(packet.getData(), packet.getLength()));
  }

  /** Where the last packet came from. */
  SocketAddress transfer() {
    return transfer;
  }

  /** Acknowledges a block of an earlier transfer. */
  void acknowledge(int block, SocketAddress of) throws IOException {
    send(String.format("0004%04x", block), of);
  }

  /** Asks, as often as it takes until an answer comes, and returns that. */
  String ask(String file, String... options) throws IOException {
    long deadline = System.nanoTime() + DEADLINE_MILLIS * 1_000_000L;
    socket.setSoTimeout(BETWEEN_REQUESTS_MILLIS);
    try {
      while (true) {
        request(file, options);
        try {
          return receive();
        } catch (SocketTimeoutException e) {
          if (System.nanoTime() - deadline > 0) {
            throw e;
          }
        }
      }
    } finally {
      socket.setSoTimeout(DEADLINE_MILLIS);
    }
  }

  /** Takes what has arrived, and says how many packets that are. */
  int drain() throws IOException {
    socket.setSoTimeout(1);
    int packets = 0;
    try {
      while (true) {
        receive();
        packets++;
      }
    } catch (SocketTimeoutException e) {
      return packets;
    } finally {
      socket.setSoTimeout(DEADLINE_MILLIS);
    }
  }

  /** Waits for a block; repetitions of others before it are passed over. */
  void receiveBlock(int block) throws IOException {
    String wanted = String.format("0003%04x", block);
    while (!receive().startsWith(wanted)) {
      // The server repeats what was not acknowledged in time.
    }
  }

  private void send(String hex, SocketAddress to) throws IOException {
    byte[] octets = HexFormat.of().parseHex(hex);
    socket.send(new DatagramPacket(octets, octets.length, to));
  }

  @Override
  public void close() {
    socket.close();
  }
}
