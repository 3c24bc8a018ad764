package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.LabSettings.lab;
import static dev.kiln.bootserver.dhcp.codec.MessageType.REQUEST;
import static dev.kiln.bootserver.dhcp.codec.Requests.ANNA;
import static dev.kiln.bootserver.dhcp.codec.Requests.discover;
import static dev.kiln.bootserver.dhcp.codec.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.dhcp.codec.DhcpDecoder;
import dev.kiln.bootserver.dhcp.codec.DhcpEncoder;
import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.dhcp.codec.MessageType;
import dev.kiln.bootserver.dhcp.codec.Requests;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventText;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Recording;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.health.Reported;
import dev.kiln.bootserver.lease.Claim;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.ForwardingLeases;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.lease.Leases;
import dev.kiln.bootserver.lease.LeasesInMemory;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.lease.TestClock;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DhcpHandlerTest {
  private static final Ipv4Address SEVENTY = Ipv4Address.parse("10.77.0.70");
  private static final Ipv4Address RELAY = Ipv4Address.parse("10.77.0.253");
  private static final InetSocketAddress CLIENT = new InetSocketAddress(68);

  private final TestClock clock = new TestClock();
  private final Events events = new Events();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<CompletableFuture<Claim>> waiting = new ArrayList<>();
  private final EmbeddedChannel channel = channel();
  private @Nullable Error refusing;

  @Test
  void broadcastsToAClientWithoutAnAddress() {
    DatagramPacket sent = send(discover(ANNA));

    assertThat(sent.recipient()).isEqualTo(address("255.255.255.255", 68));
  }

  @Test
  void sendsToAClientThatHasAnAddress() {
    send(request(REQUEST, ANNA).using(SEVENTY));
    DatagramPacket sent = grant();

    assertThat(sent.recipient()).isEqualTo(address("10.77.0.70", 68));
  }

  @Test
  void sendsNothingToAnAddressThatTheClientOnlyNames() {
    send(
        request(REQUEST, ANNA)
            .using(Ipv4Address.parse("192.0.2.9"))
            .with(DhcpOption.SERVER_IDENTIFIER, LabSettings.SERVER)
            .with(DhcpOption.REQUESTED_ADDRESS, SEVENTY));
    DatagramPacket sent = grant();

    assertThat(sent.recipient()).isEqualTo(address("255.255.255.255", 68));
  }

  @Test
  void sendsToTheRelayWhereThereIsOne() {
    DatagramPacket sent = send(discover(ANNA).relayedBy(RELAY));

    assertThat(sent.recipient()).isEqualTo(address("10.77.0.253", 67));
  }

  @Test
  void broadcastsARefusalEvenToAClientThatHasAnAddress() {
    DatagramPacket sent = send(request(REQUEST, ANNA).using(Ipv4Address.parse("10.99.0.7")));

    assertThat(sent.recipient()).isEqualTo(address("255.255.255.255", 68));
  }

  @Test
  void acknowledgesOnlyWhenTheLeaseIsWritten() throws Exception {
    assertThat(send(request(REQUEST, ANNA).using(SEVENTY))).isNull();

    DatagramPacket sent = grant();

    assertThat(DhcpDecoder.decode(sent.content().nioBuffer()).type()).isEqualTo(MessageType.ACK);
  }

  @Test
  void staysSilentWhenTheLeaseCannotBeWrittenAndGoesOn() {
    send(request(REQUEST, ANNA).using(SEVENTY));

    waiting.get(0).completeExceptionally(new IllegalStateException("disk full"));

    channel.runPendingTasks();
    assertThat(channel.<DatagramPacket>readOutbound()).isNull();
    assertThat(dropped("failed")).isEqualTo(1);
    assertThat(send(discover(ANNA))).isNotNull();
  }

  @Test
  void reportsAnErrorThatNettyCaught() throws Exception {
    Error error = new OutOfMemoryError();
    try (Reported reported = new Reported()) {
      channel.pipeline().fireExceptionCaught(error);

      reported.await(error);
    }
  }

  @Test
  void reportsAnErrorInTheAnswerOfTheRecord() throws Exception {
    Error error = new AssertionError();
    send(request(REQUEST, ANNA).using(SEVENTY));
    try (Reported reported = new Reported()) {
      waiting.get(0).completeExceptionally(error);
      channel.runPendingTasks();

      reported.await(error);
    }
  }

  @Test
  void reportsAnErrorInTheHandlingOfAnAnswer() throws Exception {
    Error error = new OutOfMemoryError();
    refusing = error;
    try (Reported reported = new Reported()) {
      send(discover(ANNA));

      reported.await(error);
    }
  }

  @Test
  void reportsAnErrorInTheSendingOfAReply() throws Exception {
    Error error = new OutOfMemoryError();
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(
                  ChannelHandlerContext context, Object message, ChannelPromise promise) {
                promise.setFailure(error);
              }
            });
    try (Reported reported = new Reported()) {
      send(discover(ANNA));

      reported.await(error);
    }
  }

  @Test
  void countsAndDropsMalformedPacketsAndGoesOn() {
    channel.writeInbound(datagram(new byte[100]));
    channel.writeInbound(datagram(new byte[300]));

    assertThat(dropped("malformed-too-short")).isEqualTo(1);
    assertThat(dropped("malformed-op")).isEqualTo(1);
    assertThat(send(discover(ANNA))).isNotNull();
  }

  @Test
  void ignoresTheRepliesOfOtherServers() {
    channel.writeInbound(send(discover(ANNA)));

    assertThat(channel.<DatagramPacket>readOutbound()).isNull();
    assertThat(dropped("not-a-request")).isEqualTo(1);
  }

  @Test
  void dropsRequestsWhenTooManyWait() {
    for (int i = 0; i < 1000; i++) {
      send(request(REQUEST, ANNA).using(SEVENTY));
    }

    send(request(REQUEST, ANNA).using(SEVENTY));

    assertThat(waiting).hasSize(1000);
    assertThat(dropped("busy")).isEqualTo(1);
    waiting.get(0).completeExceptionally(new IllegalStateException("no"));
    channel.runPendingTasks();
    send(request(REQUEST, ANNA).using(SEVENTY));
    assertThat(waiting).hasSize(1001);
  }

  @Test
  void countsWhatItReceivesAndSends() {
    send(discover(ANNA));

    assertThat(packets("discover")).isEqualTo(1);
    assertThat(packets("offer")).isEqualTo(1);
    assertThat(packets("ack")).isZero();
  }

  @Test
  void countsOptionsThatAPacketHasTwice() {
    byte[] packet = DhcpEncoder.encode(discover(ANNA).packet());
    byte[] twice = java.util.Arrays.copyOf(packet, packet.length);
    // Behind the message type, in the place of its End option.
    System.arraycopy(new byte[] {53, 1, 1, (byte) 255}, 0, twice, 243, 4);
    channel.writeInbound(datagram(twice));

    assertThat(registry.get("kiln.dhcp.options.left.out").counter().count()).isEqualTo(1);
    assertThat(packets("offer")).isEqualTo(1);
  }

  @Test
  void saysOfEachMetricWhatItIs() {
    send(discover(ANNA).relayedBy(Ipv4Address.parse("10.99.0.1")));

    assertThat(registry.getMeters())
        .hasSizeGreaterThan(3)
        .allMatch(meter -> meter.getId().getDescription() != null);
  }

  @Test
  void tellsTheMachinesTimeline() {
    send(discover(ANNA).pxe("PXEClient:Arch:00007:UNDI:003016", 7));
    send(
        request(REQUEST, ANNA)
            .with(DhcpOption.SERVER_IDENTIFIER, LabSettings.SERVER)
            .with(DhcpOption.REQUESTED_ADDRESS, SEVENTY));
    grant();
    send(request(MessageType.RELEASE, ANNA).using(SEVENTY));

    List<Event> told = events.all();
    assertThat(told).allMatch(event -> event.mac().equals(java.util.Optional.of(ANNA)));
    assertThat(told)
        .extracting(Event::step)
        .containsExactly(
            Step.DHCP_DISCOVER,
            Step.DHCP_OFFER,
            Step.DHCP_REQUEST,
            Step.DHCP_ACK,
            Step.DHCP_RELEASE);
    assertThat(EventText.of(told.get(0))).isEqualTo("PXE UEFI_X64");
    assertThat(EventText.of(told.get(1))).endsWith("; UEFI_X64 firmware loads by TFTP");
    assertThat(EventText.of(told.get(2))).isEqualTo("10.77.0.70, SELECTING, an operating system");
    assertThat(EventText.of(told.get(3))).isEqualTo("10.77.0.70 for 3600 s");
  }

  private CompletionStage<Recording> record(Event event) {
    if (refusing != null) {
      throw refusing;
    }
    return events.record(event);
  }

  private DatagramPacket send(Requests request) {
    channel.writeInbound(datagram(DhcpEncoder.encode(request.packet())));
    return channel.readOutbound();
  }

  /** Lets the record grant the claim that came first. */
  private DatagramPacket grant() {
    Lease lease =
        new Lease(
            lab().subnet().id(),
            SEVENTY,
            ClientId.of(ANNA),
            Lease.State.BOUND,
            clock.instant().plusSeconds(3600));
    waiting.remove(0).complete(new Claim.Granted(lease));
    channel.runPendingTasks();
    return channel.readOutbound();
  }

  private double dropped(String reason) {
    return registry.get("kiln.dhcp.dropped").tag("reason", reason).counter().count();
  }

  private double packets(String type) {
    return registry.get("kiln.dhcp.packets").tag("type", type).counter().count();
  }

  private EmbeddedChannel channel() {
    EmbeddedChannel embedded = new EmbeddedChannel();
    LabSettings lab = lab();
    Leases slow =
        new ForwardingLeases(new LeasesInMemory(clock)) {
          @Override
          public CompletionStage<Claim> confirm(
              SubnetId subnet, IpAddress address, ClientId client, Duration time) {
            CompletableFuture<Claim> claim = new CompletableFuture<>();
            waiting.add(claim);
            return claim;
          }
        };
    DhcpMetrics metrics = new DhcpMetrics(registry);
    ServeQueries service =
        new ServeQueries(
            new AnswerDhcp(lab.parts(slow, lab.addresses(), embedded.eventLoop(), clock)),
            embedded::writeAndFlush,
            new ServeQueries.Sight(
                lab.settings().endpoint(),
                new DhcpTimeline(this::record, lab.subnet().id()),
                metrics,
                embedded.eventLoop(),
                clock));
    embedded
        .pipeline()
        .addLast(
            new DhcpHandler(
                lab.settings().endpoint().interfaceName(), LabSettings.SERVER, service, metrics));
    return embedded;
  }

  private static DatagramPacket datagram(byte[] octets) {
    return new DatagramPacket(Unpooled.wrappedBuffer(ByteBuffer.wrap(octets)), CLIENT, CLIENT);
  }

  private static InetSocketAddress address(String address, int port) {
    return new InetSocketAddress(Ipv4Address.parse(address).toInet(), port);
  }
}
