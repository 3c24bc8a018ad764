package dev.kiln.bootserver.dhcp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.net.Capture;
import dev.kiln.bootserver.net.MalformedPacketException;
import dev.kiln.bootserver.net.SharedInputs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets that real clients and servers sent. */
class DhcpCaptureTest {
  @Test
  void readsEveryCapturedPacketAndWritesItBack() throws Exception {
    List<DhcpPacket> packets = packets();

    assertThat(packets).hasSizeGreaterThanOrEqualTo(34);
    for (DhcpPacket packet : packets) {
      byte[] written = DhcpEncoder.encode(packet);
      assertThat(DhcpDecoder.decode(ByteBuffer.wrap(written))).isEqualTo(packet);
    }
  }

  @Test
  void seesFirmwareAndThenIpxeInTheBootOfAMachine() throws Exception {
    List<DhcpPacket> discovers =
        packets().stream()
            .filter(packet -> packet.type() == MessageType.DISCOVER)
            .filter(packet -> packet.options().has(DhcpOption.CLIENT_ARCHITECTURE))
            .toList();

    assertThat(discovers)
        .isNotEmpty()
        .allSatisfy(
            packet ->
                assertThat(packet.options().codes(DhcpOption.CLIENT_ARCHITECTURE))
                    .containsExactly(0))
        .anySatisfy(
            packet -> assertThat(packet.options().text(DhcpOption.USER_CLASS)).contains("iPXE"));
  }

  private static List<DhcpPacket> packets() throws IOException, MalformedPacketException {
    List<DhcpPacket> packets = new ArrayList<>();
    for (Path file : SharedInputs.files("pcap", ".pcap")) {
      for (Capture.Datagram datagram : Capture.read(file)) {
        if (datagram.touches(67) || datagram.touches(68)) {
          packets.add(DhcpDecoder.decode(datagram.payload()));
        }
      }
    }
    return packets;
  }
}
