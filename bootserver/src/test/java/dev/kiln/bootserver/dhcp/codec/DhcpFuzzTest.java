package dev.kiln.bootserver.dhcp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.net.MalformedPacketException;
import dev.kiln.campaign.Campaign;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Octets nobody meant: the decoder takes or refuses them, and does nothing else. */
class DhcpFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final int OPTIONS_AT = 240;

  @Test
  void refusesOrTakesNoise() {
    fuzz(
        random -> {
          byte[] noise = new byte[random.nextInt(1500)];
          random.nextBytes(noise);
          return noise;
        });
  }

  @Test
  void refusesOrTakesSpoiltPackets() {
    byte[] whole =
        DhcpEncoder.encode(
            Requests.discover(Requests.ANNA)
                .pxe("PXEClient:Arch:00007:UNDI:003016", 7, 9)
                .with(DhcpOption.OVERLOAD, (byte) 3)
                .asking(DhcpOption.SUBNET_MASK, DhcpOption.ROUTER)
                .with(DhcpOption.CLIENT_MACHINE_IDENTIFIER, new byte[17])
                .packet());
    int taken =
        fuzz(
            random -> {
              byte[] spoilt = Arrays.copyOf(whole, whole.length - random.nextInt(3) * 20);
              for (int flips = random.nextInt(8); flips > 0; flips--) {
                spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt();
              }
              return spoilt;
            });

    assertThat(taken).as("packets that were only a little wrong").isGreaterThan(ROUNDS / 20);
  }

  @Test
  void refusesOrTakesRandomOptions() {
    byte[] header = DhcpEncoder.encode(Requests.discover(Requests.ANNA).packet());
    fuzz(
        random -> {
          byte[] packet = Arrays.copyOf(header, OPTIONS_AT + 3 + random.nextInt(300));
          for (int at = OPTIONS_AT + 3; at < packet.length; at++) {
            packet[at] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(8));
          }
          return packet;
        });
  }

  private interface Source {
    byte[] next(Random random);
  }

  private static int fuzz(Source source) {
    return Campaign.count(
        ROUNDS,
        random -> {
          try {
            DhcpPacket read = DhcpDecoder.decode(ByteBuffer.wrap(source.next(random)));
            byte[] written = DhcpEncoder.encode(read);
            assertThat(DhcpDecoder.decode(ByteBuffer.wrap(written))).isEqualTo(read);
            return true;
          } catch (MalformedPacketException e) {
            assertThat(e.reason()).isNotEmpty();
            return false;
          }
        });
  }
}
