package dev.kiln.bootserver.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.admission.ServedNetworks;
import dev.kiln.bootserver.health.Reported;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.bootserver.tftp.TftpPacket.ReadRequest;
import dev.kiln.bootserver.tftp.TransferEnd.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One transfer, with a client and a clock that do what the test says. */
class TransferTest {
  private static final TftpSettings SETTINGS =
      TftpSettings.of(
          Ipv4Address.parse("127.0.0.1"),
          new ServedNetworks(List.of(Ipv4Network.parse("127.0.0.0/8"))));
  private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.2", 2000);
  private static final InetSocketAddress STRANGER = new InetSocketAddress("127.0.0.2", 2001);
  private static final String SILENCE = "";

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Ends ends = new Ends();
  private final byte[] file = new byte[700];
  private long now;
  private Transfer transfer = transfer(Map.of());

  @Test
  void sendsBlocksUntilOneIsNotFull() {
    assertThat(started()).isEqualTo(data(1, 0, 512));
    assertThat(acknowledge(1)).isEqualTo(data(2, 512, 700));
    assertThat(acknowledge(2)).isEqualTo(SILENCE);

    assertThat(ends.only().outcome()).isEqualTo(Outcome.DONE);
    assertThat(ends.only().octets()).isEqualTo(700);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void startsWithTheOptionsWhereThereAreAny() {
    transfer = transfer(Map.of("blksize", "600"));

    assertThat(started()).isEqualTo("0006" + hex("blksize\000600\0"));
    assertThat(acknowledge(0)).isEqualTo(data(1, 0, 600));
    assertThat(acknowledge(1)).isEqualTo(data(2, 600, 700));
  }

  @Test
  void neverAnswersAnAcknowledgementTwice() {
    started();
    acknowledge(1);

    assertThat(acknowledge(1)).isEqualTo(SILENCE);
    assertThat(acknowledge(0)).isEqualTo(SILENCE);
    assertThat(acknowledge(3)).isEqualTo(SILENCE);
    assertThat(acknowledge(65535)).isEqualTo(SILENCE);
    assertThat(ends.all).isEmpty();
  }

  @Test
  void repeatsAfterEverLongerWaitsAndGivesUp() {
    started();
    acknowledge(1);

    assertThat(tenthsOfRepetitions()).containsExactly(10L, 30L, 70L, 150L, 230L);
    assertThat(ends.only().outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(ends.only().repeated()).isEqualTo(5);
    assertThat(ends.only().took()).isEqualTo(Duration.ofSeconds(31));
    assertThat(ends.only().reason()).isEqualTo("block 2 was never acknowledged");
  }

  /** The request may have come from somebody else, who wrote this client's address into it. */
  @Test
  void sendsNoMoreThanThreePacketsToWhoNeverAnswers() {
    started();

    assertThat(tenthsOfRepetitions()).containsExactly(10L, 30L);
    assertThat(ends.only().outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(ends.only().took()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void waitsForNoFirstAnswerLongerThanHalfAMinute() {
    transfer = transfer(Map.of("timeout", "30"));
    started();

    assertThat(tenthsOfRepetitions()).isEmpty();
    assertThat(ends.only().outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(ends.only().took()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void sendsItsFirstPacketAtOnceToWhoAsksAgain() {
    String first = started();
    pass(Duration.ofMillis(500));

    transfer.startAgain();

    assertThat(sent()).isEqualTo(first);
    pass(Duration.ofMillis(999));
    assertThat(sent()).isEqualTo(SILENCE);
    pass(Duration.ofMillis(1));
    assertThat(sent()).isEqualTo(first);
  }

  @Test
  void tellsOnceThatItsClientAnswers() {
    started();
    assertThat(ends.answers).isZero();
    acknowledge(3);
    assertThat(ends.answers).isZero();

    acknowledge(1);
    acknowledge(2);

    assertThat(ends.answers).isEqualTo(1);
  }

  @Test
  void repeatsTheSamePacketAndGoesOnWhenItArrives() {
    started();
    pass(Duration.ofSeconds(1));

    assertThat(sent()).isEqualTo(data(1, 0, 512));
    assertThat(acknowledge(1)).isEqualTo(data(2, 512, 700));
    pass(Duration.ofMillis(999));
    assertThat(sent()).isEqualTo(SILENCE);
    pass(Duration.ofMillis(1));
    assertThat(sent()).isEqualTo(data(2, 512, 700));
  }

  @Test
  void waitsShortlyAgainAfterALongWait() {
    started();
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(2));
    pass(Duration.ofMillis(500));
    sent();
    sent();

    assertThat(acknowledge(1)).isEqualTo(data(2, 512, 700));
    pass(Duration.ofSeconds(1));
    assertThat(sent()).isEqualTo(data(2, 512, 700));
  }

  @Test
  void keepsTheIntervalThatTheClientNamed() {
    transfer = transfer(Map.of("timeout", "2"));
    started();
    String block = acknowledge(0);

    for (int times = 0; times < 14; times++) {
      pass(Duration.ofSeconds(2));
      assertThat(sent()).isEqualTo(block);
    }
    pass(Duration.ofSeconds(2));
    assertThat(ends.only().outcome()).isEqualTo(Outcome.TIMED_OUT);
  }

  @Test
  void countsBlocksOnBeyondTheirSixteenBits() {
    byte[] large = new byte[8 * 65_537 + 3];
    new Random(1).nextBytes(large);
    transfer = transfer(Map.of("blksize", "8"), large);
    started();

    assertThat(acknowledge(0)).startsWith("00030001");
    for (int block = 1; block <= 65_534; block++) {
      ByteBuf packet = Unpooled.buffer().writeShort(4).writeShort(block);
      channel.writeInbound(new DatagramPacket(packet, PEER, PEER));
      channel.<DatagramPacket>readOutbound().release();
    }
    assertThat(acknowledge(65_535)).startsWith("00030000");
    assertThat(acknowledge(0)).startsWith("00030001");
    assertThat(acknowledge(1)).startsWith("00030002").hasSize(2 * (4 + 3));
    acknowledge(2);

    assertThat(ends.only().outcome()).isEqualTo(Outcome.DONE);
    assertThat(ends.only().octets()).isEqualTo(large.length);
  }

  @Test
  void takesAnErrorAfterTheSizeForAProbe() {
    transfer = transfer(Map.of("tsize", "0"));
    started();

    assertThat(receive(PEER, "0005" + "0008" + hex("enough\0"))).isEqualTo(SILENCE);

    assertThat(ends.only().outcome()).isEqualTo(Outcome.PROBED);
  }

  @Test
  void takesALaterErrorForAnAbortAndDoesNotAnswerIt() {
    started();

    assertThat(receive(PEER, "0005" + "0003" + hex("disk full\0"))).isEqualTo(SILENCE);

    assertThat(ends.only().outcome()).isEqualTo(Outcome.ABORTED);
    assertThat(ends.only().reason()).isEqualTo("the client broke it off: error 3 disk full");
  }

  @Test
  void tellsAStrangerOffAndGoesOn() {
    started();

    assertThat(receive(STRANGER, "00040001")).startsWith("00050005");
    assertThat(ends.dropped).containsExactly("stranger");
    assertThat(acknowledge(1)).isEqualTo(data(2, 512, 700));
  }

  @Test
  void ignoresWhatIsNoPacket() {
    started();

    assertThat(receive(PEER, "ffff")).isEqualTo(SILENCE);
    assertThat(receive(PEER, "000100")).isEqualTo(SILENCE);
    assertThat(ends.dropped).containsExactly("malformed-too-short", "malformed-too-short");
    assertThat(acknowledge(1)).isEqualTo(data(2, 512, 700));
  }

  @Test
  void endsWhenItsSocketIsClosed() {
    started();

    channel.close().syncUninterruptibly();

    assertThat(ends.only().reason()).isEqualTo("the boot server stops");
  }

  @Test
  void reportsAnErrorThatNettyCaught() throws Exception {
    Error error = new OutOfMemoryError();
    started();
    try (Reported reported = new Reported()) {
      channel.pipeline().fireExceptionCaught(error);

      reported.await(error);
    }
  }

  @Test
  void reportsAnErrorInARepetition() throws Exception {
    started();
    Error error = new OutOfMemoryError();
    ends.refusing = error;
    try (Reported reported = new Reported()) {
      pass(Duration.ofSeconds(1));

      reported.await(error);
    }
  }

  private Transfer transfer(Map<String, String> options) {
    new Random(1).nextBytes(file);
    return transfer(options, file);
  }

  private Transfer transfer(Map<String, String> options, byte[] content) {
    Agreement agreement =
        Agreement.of(new ReadRequest("f", "octet", options), content.length, SETTINGS);
    Delivery delivery = new Delivery(PEER, agreement, ByteBuffer.wrap(content));
    return new Transfer(channel, delivery, () -> now, ends);
  }

  private String started() {
    channel.freezeTime();
    channel.pipeline().addLast(transfer);
    transfer.start();
    return sent();
  }

  /** Tenths of seconds from now after which something is sent. */
  private List<Long> tenthsOfRepetitions() {
    List<Long> repeatedAt = new ArrayList<>();
    for (long tenths = 1; tenths <= 400; tenths++) {
      pass(Duration.ofMillis(100));
      if (!SILENCE.equals(sent())) {
        repeatedAt.add(tenths);
      }
    }
    return repeatedAt;
  }

  private String acknowledge(int block) {
    return receive(PEER, String.format("0004%04x", block));
  }

  private String receive(InetSocketAddress from, String octets) {
    ByteBuf content = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(octets));
    channel.writeInbound(new DatagramPacket(content, PEER, from));
    return sent();
  }

  private void pass(Duration time) {
    now += time.toNanos();
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  /** The next packet that was sent, or silence. */
  private String sent() {
    DatagramPacket packet = channel.readOutbound();
    if (packet == null) {
      return SILENCE;
    }
    String octets = ByteBufUtil.hexDump(packet.content());
    packet.release();
    return octets;
  }

  private String data(int block, int from, int to) {
    return String.format("0003%04x", block) + ByteBufUtil.hexDump(file).substring(2 * from, 2 * to);
  }

  private static String hex(String text) {
    return ByteBufUtil.hexDump(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static final class Ends implements TransferListener {
    final List<TransferEnd> all = new ArrayList<>();
    final List<String> dropped = new ArrayList<>();
    int answers;
    @Nullable Error refusing;

    TransferEnd only() {
      assertThat(all).hasSize(1);
      return all.get(0);
    }

    @Override
    public void answered() {
      answers++;
    }

    @Override
    public void repeated() {
      if (refusing != null) {
        throw refusing;
      }
    }

    @Override
    public void dropped(String reason) {
      dropped.add(reason);
    }

    @Override
    public void ended(TransferEnd end) {
      all.add(end);
    }
  }
}
