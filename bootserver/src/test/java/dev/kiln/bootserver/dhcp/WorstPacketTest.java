package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.LabSettings.lab;
import static dev.kiln.bootserver.dhcp.codec.Requests.ANNA;
import static dev.kiln.bootserver.dhcp.codec.Requests.discover;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kiln.bootserver.dhcp.codec.DhcpDecoder;
import dev.kiln.bootserver.dhcp.codec.DhcpEncoder;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.lease.LeasesInMemory;
import dev.kiln.bootserver.lease.TestClock;
import dev.kiln.bootserver.net.Arrival;
import dev.kiln.bootserver.net.InterfaceName;
import dev.kiln.bootserver.net.MalformedPacketException;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packets that take most work of each kind. One of {@value #TIMES} times the octets may take
 * not much more than as many times the work; what is done for every pair of octets would take the
 * square of it.
 */
class WorstPacketTest {
  private static final int TIMES = 16;
  private static final int LONGEST = DhcpDecoder.MAX_PACKET - 256;

  // Between 16 times and 256 times, with room on both sides.
  private static final int TOO_MUCH = 40;
  private static final int ROUNDS = 60;

  private final TestClock clock = new TestClock();
  private final AnswerDhcp server =
      new AnswerDhcp(
          lab().parts(new LeasesInMemory(clock), lab().addresses(), Runnable::run, clock));
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * What fills a packet.
   *
   * @param options so many octets of them
   */
  record Filling(String name, IntFunction<byte[]> options) {
    ByteBuffer packet(int octets) {
      byte[] plain = DhcpEncoder.encode(discover(ANNA).packet());
      byte[] start = Arrays.copyOf(plain, 243);
      return ByteBuffer.wrap(joined(start, options.apply(octets)));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Filling> fillings() {
    return List.of(
        new Filling("NULs before a vendor class", octets -> longOption(60, octets, 0)),
        new Filling("NULs before a user class", octets -> longOption(77, octets, 0)),
        new Filling("a long vendor class", octets -> longOption(60, octets, ':')),
        new Filling("a long client identifier", octets -> longOption(61, octets, 7)),
        new Filling("a fragment for each octet", octets -> repeated(octets, 60, 1, 'x')),
        new Filling(
            "empty fragments of a long option",
            octets -> joined(longOption(60, octets / 2, 'x'), repeated(octets / 2, 60, 0))),
        new Filling("fragments of an unknown option", octets -> repeated(octets, 200, 1, 'x')),
        new Filling(
            "a fixed option again and again", octets -> repeated(octets, 50, 4, 10, 77, 0, 70)),
        new Filling("all architectures", octets -> longOption(93, octets, 0)),
        new Filling("features of iPXE", octets -> longOption(175, octets, 0)),
        new Filling("a long list of wishes", octets -> longOption(55, octets, 200)),
        new Filling("relay information", octets -> longOption(82, octets, 1)),
        new Filling("pads", byte[]::new));
  }

  @ParameterizedTest
  @MethodSource("fillings")
  void takesMemoryInProportionToItsLength(Filling filling) throws MalformedPacketException {
    ByteBuffer small = filling.packet(LONGEST / TIMES);
    ByteBuffer large = filling.packet(LONGEST);
    allocated(large);
    allocated(small);

    assertThat(allocated(large)).isLessThan(TOO_MUCH * Math.max(4000, allocated(small)));
  }

  @ParameterizedTest
  @MethodSource("fillings")
  void takesTimeInProportionToItsLength(Filling filling) throws MalformedPacketException {
    ByteBuffer small = filling.packet(LONGEST / TIMES);
    ByteBuffer large = filling.packet(LONGEST);
    long least = Long.MAX_VALUE;
    long most = Long.MAX_VALUE;
    // The least of many times is what it takes when nothing else is in the way.
    for (int round = 0; round < ROUNDS; round++) {
      least = Math.min(least, nanos(small));
      most = Math.min(most, nanos(large));
    }

    assertThat(most).isLessThan(TOO_MUCH * least);
  }

  @Test
  void isNeverLongerThanWhatIsRead() {
    for (Filling filling : fillings()) {
      assertThat(filling.packet(LONGEST).remaining()).isBetween(LONGEST, DhcpDecoder.MAX_PACKET);
    }
  }

  private long allocated(ByteBuffer packet) throws MalformedPacketException {
    long before = threads.getCurrentThreadAllocatedBytes();
    answer(packet);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private long nanos(ByteBuffer packet) throws MalformedPacketException {
    long before = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < 4; i++) {
      answer(packet);
    }
    return threads.getCurrentThreadCpuTime() - before;
  }

  /** From octets to octets, as the server does it. */
  private void answer(ByteBuffer packet) throws MalformedPacketException {
    Query query =
        new Query(
            DhcpDecoder.decode(packet.duplicate()),
            new Arrival(new InterfaceName("br0"), LabSettings.SERVER, new InetSocketAddress(68)));
    Answer answer = server.answer(query).toCompletableFuture().join();
    new DhcpTimeline(new Events(), lab().subnet().id())
        .record(query, clock.instant(), answer, clock.instant());
    assertThat(answer).isInstanceOf(Answer.Reply.class);
    DhcpEncoder.encode(((Answer.Reply) answer).packet());
  }

  /** One option of many instances, which all hold the same octet; the last ends with an x. */
  private static byte[] longOption(int code, int octets, int filling) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (out.size() + 257 <= octets) {
      byte[] instance = new byte[257];
      Arrays.fill(instance, (byte) filling);
      instance[0] = (byte) code;
      instance[1] = (byte) 255;
      out.writeBytes(instance);
    }
    byte[] last = repeated(3, code, 1, 'x');
    out.writeBytes(last);
    return Arrays.copyOf(out.toByteArray(), Math.max(out.size(), octets));
  }

  private static byte[] repeated(int octets, int... instance) {
    byte[] all = new byte[octets];
    for (int at = 0; at + instance.length <= octets; at += instance.length) {
      for (int i = 0; i < instance.length; i++) {
        all[at + i] = (byte) instance[i];
      }
    }
    return all;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
