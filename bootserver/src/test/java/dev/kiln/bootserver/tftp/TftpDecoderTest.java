package dev.kiln.bootserver.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.net.Capture;
import dev.kiln.bootserver.net.Capture.Datagram;
import dev.kiln.bootserver.net.MalformedPacketException;
import dev.kiln.bootserver.net.SharedInputs;
import dev.kiln.bootserver.tftp.TftpPacket.Acknowledgement;
import dev.kiln.bootserver.tftp.TftpPacket.Failure;
import dev.kiln.bootserver.tftp.TftpPacket.ReadRequest;
import dev.kiln.bootserver.tftp.TftpPacket.WriteRequest;
import dev.kiln.campaign.Campaign;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TftpDecoderTest {
  private static final int ROUNDS = 50_000;

  @Test
  void readsARequestAndItsOptionsInAnyCase() throws MalformedPacketException {
    assertThat(decode("\0\1ipxe.efi\0OCTET\0TSIZE\0000\0BlkSize\0001468\0"))
        .isEqualTo(new ReadRequest("ipxe.efi", "octet", Map.of("tsize", "0", "blksize", "1468")));
  }

  @Test
  void readsARequestThatIsFilledUpWithNuls() throws MalformedPacketException {
    assertThat(decode("\0\1a\0octet\0tsize\0000\0\0\0\0\0"))
        .isEqualTo(new ReadRequest("a", "octet", Map.of("tsize", "0")));
  }

  /** Old boot ROMs take the octet behind option 67 for a part of the name. */
  @Test
  void readsANameWithOctetsThatAreNoText() throws MalformedPacketException {
    ReadRequest request = (ReadRequest) decode("\0\1ipxe.efi\u00ff\0octet\0");

    assertThat(request.file()).isEqualTo("ipxe.efi\u00ff");
    assertThat(request.hasPlainName()).isFalse();
    assertThat(((ReadRequest) decode("\0\1ipxe.efi\0octet\0")).hasPlainName()).isTrue();
  }

  @Test
  void takesTheFirstOfAnOptionThatStandsTwice() throws MalformedPacketException {
    assertThat(decode("\0\1a\0octet\0blksize\000600\0blksize\000700\0"))
        .isEqualTo(new ReadRequest("a", "octet", Map.of("blksize", "600")));
  }

  @Test
  void readsTheOtherPacketsOfClients() throws MalformedPacketException {
    assertThat(decode("\0\2a\0octet\0")).isEqualTo(new WriteRequest("a"));
    assertThat(decode("\0\4\u00ff\u00fe")).isEqualTo(new Acknowledgement(65534));
    assertThat(decode("\0\5\0\10stop\0")).isEqualTo(new Failure(8, "stop"));
    assertThat(decode("\0\5\0\0stop")).isEqualTo(new Failure(0, "stop"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', too-short",
    "'0 4 0', too-short",
    "'0 3 0 1', opcode",
    "'0 9 0 1', opcode",
    "'1 1 97 0', opcode",
    "'0 1 97 98', text-cut",
    "'0 1 97 0 98', text-cut",
    "'0 1 97 0', text-cut",
    "'0 1 97 0 98 0 99 0', text-cut",
    "'0 1 97 0 98 0 99 0 100', text-cut",
    "'0 1 0 98 0', file-name",
  })
  void refusesWhatIsNoPacket(String octets, String reason) {
    String[] numbers = octets.isEmpty() ? new String[0] : octets.split(" ");
    ByteBuffer packet = ByteBuffer.allocate(numbers.length);
    for (String number : numbers) {
      packet.put((byte) Integer.parseInt(number));
    }

    assertRefused(packet.flip(), reason);
  }

  @Test
  void refusesNamesAndOptionsBeyondTheirBounds() {
    assertRefused(request("a".repeat(256), ""), "file-name");
    assertRefused(request("a", "x".repeat(600)), "too-long");
    StringBuilder options = new StringBuilder();
    for (int i = 0; i < 17; i++) {
      options.append('o').append(i).append("\0001\0");
    }
    assertRefused(request("a", options.toString()), "options");
  }

  @Test
  void refusesOrTakesNoise() {
    int taken =
        Campaign.count(
            ROUNDS,
            random -> {
              try {
                assertThat(TftpDecoder.decode(ByteBuffer.wrap(noise(random)))).isNotNull();
                return true;
              } catch (MalformedPacketException e) {
                assertThat(e.reason()).isNotEmpty();
                return false;
              }
            });

    assertThat(taken).isPositive();
  }

  @Test
  void readsEveryPacketThatClientsSentInTheCaptures() throws Exception {
    List<TftpPacket> packets = new ArrayList<>();
    for (Path file : SharedInputs.files("pcap", ".pcap")) {
      Set<Integer> clients = new HashSet<>();
      for (Datagram datagram : Capture.read(file)) {
        if (datagram.toPort() == 69) {
          clients.add(datagram.fromPort());
        }
        if (clients.contains(datagram.fromPort())) {
          packets.add(TftpDecoder.decode(datagram.payload()));
        }
      }
    }

    assertThat(packets).hasSizeGreaterThan(250);
    assertThat(packets)
        .filteredOn(ReadRequest.class::isInstance)
        .map(packet -> ((ReadRequest) packet).file())
        .contains("rfc1350.txt", "undionly.kpxe");
  }

  private static ByteBuffer request(String file, String options) {
    return latin("\0\1" + file + "\0octet\0" + options);
  }

  private static TftpPacket decode(String packet) throws MalformedPacketException {
    return TftpDecoder.decode(latin(packet));
  }

  private static ByteBuffer latin(String packet) {
    return ByteBuffer.wrap(packet.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] noise(Random random) {
    byte[] noise = new byte[random.nextInt(600)];
    random.nextBytes(noise);
    if (noise.length > 1) {
      noise[0] = 0;
      noise[1] = (byte) random.nextInt(8);
    }
    for (int i = 2; i < noise.length; i++) {
      noise[i] = random.nextInt(6) == 0 ? 0 : (byte) (random.nextInt(96) + 31);
    }
    return noise;
  }

  private static void assertRefused(ByteBuffer packet, String reason) {
    assertThatThrownBy(() -> TftpDecoder.decode(packet))
        .isInstanceOfSatisfying(
            MalformedPacketException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
