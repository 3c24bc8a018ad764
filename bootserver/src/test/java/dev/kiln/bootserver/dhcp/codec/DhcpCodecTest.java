package dev.kiln.bootserver.dhcp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.net.MalformedPacketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DhcpCodecTest {
  private static final int OPTIONS_AT = 240;
  private static final int FILE_AT = 108;
  private static final int SNAME_AT = 44;

  @Test
  void writesAPadBehindTheBootFileName() {
    DhcpPacket packet =
        new DhcpPacket(
            Requests.discover(Requests.ANNA).packet().header(),
            MessageType.OFFER,
            new DhcpOptions.Builder()
                .put(DhcpOption.MESSAGE_TYPE, (byte) 2)
                .put(DhcpOption.BOOT_FILE_NAME, "ab")
                .build());

    assertThat(java.util.Arrays.copyOfRange(DhcpEncoder.encode(packet), 240, 249))
        .containsExactly(53, 1, 2, 67, 2, 'a', 'b', 0, 255);
  }

  @Test
  void readsWhatItWrites() throws MalformedPacketException {
    DhcpPacket packet =
        Requests.discover(Requests.ANNA)
            .pxe("PXEClient:Arch:00007:UNDI:003016", 7)
            .asking(DhcpOption.SUBNET_MASK, DhcpOption.ROUTER)
            .packet();

    assertThat(decode(DhcpEncoder.encode(packet))).isEqualTo(packet);
  }

  @Test
  void writesAtLeastTheLengthThatOldRelaysWant() {
    assertThat(DhcpEncoder.encode(Requests.discover(Requests.ANNA).packet())).hasSize(300);
  }

  @Test
  void splitsALongOptionAndJoinsItAgain() throws MalformedPacketException {
    byte[] longValue = new byte[600];
    new java.util.Random(1).nextBytes(longValue);
    DhcpPacket packet =
        Requests.discover(Requests.ANNA).with(DhcpOption.VENDOR_SPECIFIC, longValue).packet();

    byte[] written = DhcpEncoder.encode(packet);

    assertThat(written).hasSizeGreaterThan(OPTIONS_AT + 3 + 600 + 3 * 2);
    assertThat(decode(written).options().octets(DhcpOption.VENDOR_SPECIFIC)).contains(longValue);
  }

  @Test
  void takesTheFirstOfTwoOptionsOfAFixedLengthAndCountsTheOther() throws MalformedPacketException {
    DhcpOptions options =
        decode(withOptions(53, 1, 1, 50, 4, 10, 77, 0, 9, 53, 1, 3, 50, 4, 10, 77, 0, 8, 255))
            .options();

    assertThat(options.number(DhcpOption.MESSAGE_TYPE)).contains(1L);
    assertThat(options.address(DhcpOption.REQUESTED_ADDRESS).orElseThrow())
        .hasToString("10.77.0.9");
    assertThat(options.leftOut()).isEqualTo(2);
  }

  @Test
  void readsOptionsThatLieInFileAndServerName() throws MalformedPacketException {
    byte[] packet = withOptions(53, 1, 1, 52, 1, 3, 43, 1, 'a', 255);
    put(packet, FILE_AT, 0, 43, 1, 'b', 12, 2, 'h', 'i', 255);
    put(packet, SNAME_AT, 43, 1, 'c', 255);

    DhcpPacket read = decode(packet);

    assertThat(read.options().text(DhcpOption.VENDOR_SPECIFIC)).contains("abc");
    assertThat(read.options().text(DhcpOption.HOST_NAME)).contains("hi");
    assertThat(read.header().file()).isEmpty();
    assertThat(read.header().sname()).isEmpty();
  }

  @Test
  void readsAFileNameUpToItsNul() throws MalformedPacketException {
    byte[] packet = withOptions(53, 1, 1, 255);
    put(packet, FILE_AT, 'i', 'p', 'x', 'e', 0, 'j', 'u', 'n', 'k');

    assertThat(decode(packet).header().file()).isEqualTo("ipxe");
  }

  @Test
  void takesOptionsThatFillThePacketWithoutAnEnd() throws MalformedPacketException {
    byte[] packet = Arrays.copyOf(withOptions(53, 1, 1, 255), OPTIONS_AT + 3);

    assertThat(decode(packet).type()).isEqualTo(MessageType.DISCOVER);
  }

  @Test
  void leavesOutTheNulAtTheEndOfATextOption() throws MalformedPacketException {
    byte[] packet = withOptions(53, 1, 1, 60, 4, 'a', 'b', 0, 0, 255);

    assertThat(decode(packet).options().text(DhcpOption.VENDOR_CLASS)).contains("ab");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, op",
    "1, 32, hardware-type",
    "2, 0, hardware-length",
    "28, 1, hardware-address",
    "236, 0, cookie",
  })
  void refusesAWrongFixedField(int at, byte octet, String reason) {
    byte[] packet = withOptions(53, 1, 1, 255);
    packet[at] = octet;

    assertRefused(packet, reason);
  }

  @Test
  void refusesOptionsThatDoNotFit() {
    assertRefused(withOptions(53, 1, 1, 50, 4, 10, 77), "option-cut");
    assertRefused(withOptions(53, 1, 1, 50), "option-cut");
    assertRefused(withOptions(53, 1, 1, 50, 3, 10, 77, 0, 255), "option-length");
    assertRefused(withOptions(53, 1, 1, 50, 2, 10, 77, 50, 2, 0, 9, 255), "option-length");
    assertRefused(withOptions(53, 1, 1, 52, 1, 4, 255), "overload");
  }

  @Test
  void refusesPacketsWithoutAKnownMessageType() {
    assertRefused(withOptions(12, 1, 'a', 255), "message-type");
    assertRefused(withOptions(53, 1, 0, 255), "message-type");
    assertRefused(withOptions(53, 1, 18, 255), "message-type");
  }

  @Test
  void refusesPacketsOfAbsurdSize() {
    byte[] packet = withOptions(53, 1, 1, 255);

    assertRefused(Arrays.copyOf(packet, OPTIONS_AT - 1), "too-short");
    assertRefused(new byte[0], "too-short");
    assertRefused(Arrays.copyOf(packet, DhcpDecoder.MAX_PACKET + 1), "too-long");
  }

  private static void assertRefused(byte[] packet, String reason) {
    assertThatThrownBy(() -> decode(packet))
        .isInstanceOfSatisfying(
            MalformedPacketException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  /** A packet whose options are exactly these octets. */
  private static byte[] withOptions(int... octets) {
    byte[] start = DhcpEncoder.encode(Requests.discover(Requests.ANNA).packet());
    byte[] packet = Arrays.copyOf(start, OPTIONS_AT + octets.length);
    put(packet, OPTIONS_AT, octets);
    return packet;
  }

  private static void put(byte[] packet, int at, int... octets) {
    for (int i = 0; i < octets.length; i++) {
      packet[at + i] = (byte) octets[i];
    }
  }

  private static DhcpPacket decode(byte[] packet) throws MalformedPacketException {
    return DhcpDecoder.decode(ByteBuffer.wrap(packet));
  }
}
