package dev.kiln.bootserver.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The UDP datagrams over IPv4 in a classic pcap file of Ethernet frames. */
public final class Capture {
  private static final int UDP = 17;
  private static final int IPV4 = 0x0800;

  /** One datagram. */
  public record Datagram(int fromPort, int toPort, ByteBuffer payload) {
    /** Whether one of its ends has this port. */
    public boolean touches(int port) {
      return fromPort == port || toPort == port;
    }
  }

  private Capture() {}

  /** Every datagram of a file, in order. */
  public static List<Datagram> read(Path file) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    if (all.getInt(0) != 0xa1b2c3d4) {
      all.order(ByteOrder.BIG_ENDIAN);
    }
    if (all.getInt(0) != 0xa1b2c3d4 || all.getInt(20) != 1) {
      throw new IOException(file + " is no pcap of Ethernet frames");
    }
    List<Datagram> datagrams = new ArrayList<>();
    all.position(24);
    while (all.hasRemaining()) {
      int length = all.getInt(all.position() + 8);
      ByteBuffer frame = all.slice(all.position() + 16, length).order(ByteOrder.BIG_ENDIAN);
      datagram(frame).ifPresent(datagrams::add);
      all.position(all.position() + 16 + length);
    }
    return datagrams;
  }

  private static Optional<Datagram> datagram(ByteBuffer frame) {
    if (frame.getShort(12) != IPV4 || frame.get(14 + 9) != UDP) {
      return Optional.empty();
    }
    int udp = 14 + (frame.get(14) & 0xf) * 4;
    ByteBuffer payload = frame.slice(udp + 8, (frame.getShort(udp + 4) & 0xffff) - 8);
    return Optional.of(
        new Datagram(frame.getShort(udp) & 0xffff, frame.getShort(udp + 2) & 0xffff, payload));
  }
}
