package dev.kiln.bootserver.tftp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A TFTP client that does just what a test says. */
final class RawClient implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 60_000;

  private final InetSocketAddress server;
  private final DatagramSocket socket;
  private SocketAddress transfer;

  RawClient(InetSocketAddress server) throws IOException {
    this.server = server;
    this.transfer = server;
    this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
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
