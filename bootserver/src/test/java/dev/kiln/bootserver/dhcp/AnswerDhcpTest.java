package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.LabSettings.lab;
import static dev.kiln.bootserver.dhcp.codec.MessageType.ACK;
import static dev.kiln.bootserver.dhcp.codec.MessageType.DECLINE;
import static dev.kiln.bootserver.dhcp.codec.MessageType.INFORM;
import static dev.kiln.bootserver.dhcp.codec.MessageType.NAK;
import static dev.kiln.bootserver.dhcp.codec.MessageType.OFFER;
import static dev.kiln.bootserver.dhcp.codec.MessageType.RELEASE;
import static dev.kiln.bootserver.dhcp.codec.MessageType.REQUEST;
import static dev.kiln.bootserver.dhcp.codec.Requests.ANNA;
import static dev.kiln.bootserver.dhcp.codec.Requests.BERT;
import static dev.kiln.bootserver.dhcp.codec.Requests.discover;
import static dev.kiln.bootserver.dhcp.codec.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
import dev.kiln.bootserver.dhcp.codec.Requests;
import dev.kiln.bootserver.lease.AddressPool;
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
import dev.kiln.bootserver.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AnswerDhcpTest {
  private static final Ipv4Address SEVENTY = Ipv4Address.parse("10.77.0.70");
  private static final Ipv4Address EIGHTY = Ipv4Address.parse("10.77.0.80");
  private static final Ipv4Address FAR = Ipv4Address.parse("10.99.0.70");
  private static final Ipv4Address OTHER_SERVER = Ipv4Address.parse("10.77.0.2");

  private final TestClock clock = new TestClock();
  private final LeasesInMemory leases = new LeasesInMemory(clock);
  private AnswerDhcp server = serverOf(lab());

  @Test
  void offersAnAddressAndAcknowledgesIt() {
    DhcpPacket offer = reply(discover(ANNA));
    Ipv4Address address = offer.header().yiaddr();

    DhcpPacket ack = reply(select(ANNA, address));

    assertThat(offer.type()).isEqualTo(OFFER);
    assertThat(ack.type()).isEqualTo(ACK);
    assertThat(ack.header().yiaddr()).isEqualTo(address);
    assertThat(ack.header().xid()).isEqualTo(0x1234abcd);
    assertThat(leaseOf(ANNA)).contains(bound(address, clock.instant().plus(Duration.ofHours(1))));
  }

  @Test
  void writesNothingDownForAnOffer() {
    reply(discover(ANNA));

    assertThat(leaseOf(ANNA)).isEmpty();
  }

  @Test
  void refusesASelectedAddressThatAnotherHas() {
    bind(BERT, SEVENTY);

    assertThat(reply(select(ANNA, SEVENTY)).type()).isEqualTo(NAK);
    assertThat(leaseOf(ANNA)).isEmpty();
  }

  @Test
  void refusesAnAddressThatTheRecordGaveAwayMeanwhile() {
    Ipv4Address offered = reply(discover(ANNA)).header().yiaddr();
    leases.confirm(lab().subnet().id(), offered, ClientId.of(BERT), Duration.ofMinutes(10));

    assertThat(reply(select(ANNA, offered)).type()).isEqualTo(NAK);
    assertThat(reply(discover(ANNA)).header().yiaddr()).isNotEqualTo(offered);
  }

  @Test
  void freesItsOfferWhenAnotherServerIsTaken() {
    server = serverOf(lab().pool("10.77.0.70-10.77.0.70"));
    reply(discover(ANNA));

    Answer answer =
        answer(
            request(REQUEST, ANNA)
                .with(DhcpOption.SERVER_IDENTIFIER, OTHER_SERVER)
                .with(DhcpOption.REQUESTED_ADDRESS, FAR));

    assertThat(answer).isInstanceOf(Answer.Heard.class);
    assertThat(reply(discover(BERT)).header().yiaddr()).isEqualTo(SEVENTY);
  }

  @Test
  void saysNothingToARebootedMachineItDoesNotKnow() {
    assertThat(answer(reboot(ANNA, SEVENTY)))
        .isInstanceOfSatisfying(
            Answer.Silence.class, it -> assertThat(it.reason()).isEqualTo("unknown-client"));
  }

  @Test
  void refusesARebootedMachineThatComesFromAnotherNetwork() {
    assertThat(reply(reboot(ANNA, FAR)).type()).isEqualTo(NAK);
  }

  @Test
  void givesARebootedMachineItsAddressBack() {
    bind(ANNA, SEVENTY);
    clock.pass(Duration.ofHours(5));

    assertThat(reply(reboot(ANNA, SEVENTY)).type()).isEqualTo(ACK);
    assertThat(reply(reboot(ANNA, EIGHTY)).type()).isEqualTo(NAK);
  }

  @Test
  void refusesARebootedMachineWhoseAddressIsReservedNow() {
    bind(ANNA, SEVENTY);
    server = serverOf(lab().reserve(BERT, "10.77.0.70", "bert"));

    assertThat(reply(reboot(ANNA, SEVENTY)).type()).isEqualTo(NAK);
  }

  @Test
  void renewsALease() {
    bind(ANNA, SEVENTY);
    clock.pass(Duration.ofMinutes(30));

    DhcpPacket ack = reply(request(REQUEST, ANNA).using(SEVENTY));

    assertThat(ack.type()).isEqualTo(ACK);
    assertThat(ack.header().ciaddr()).isEqualTo(SEVENTY);
    assertThat(leaseOf(ANNA).orElseThrow().until())
        .isEqualTo(clock.instant().plus(Duration.ofHours(1)));
  }

  @Test
  void renewsALeaseItForgotWhereTheAddressIsFree() {
    assertThat(reply(request(REQUEST, ANNA).using(SEVENTY)).type()).isEqualTo(ACK);
  }

  @Test
  void refusesToRenewWhatBelongsToAnother() {
    bind(BERT, SEVENTY);

    assertThat(reply(request(REQUEST, ANNA).using(SEVENTY)).type()).isEqualTo(NAK);
    assertThat(reply(request(REQUEST, ANNA).using(FAR)).type()).isEqualTo(NAK);
  }

  @Test
  void movesAMachineToItsReservationWhenItRenews() {
    bind(ANNA, SEVENTY);
    server = serverOf(lab().reserve(ANNA, "10.77.0.200", "anna"));

    assertThat(reply(request(REQUEST, ANNA).using(SEVENTY)).type()).isEqualTo(NAK);
    assertThat(reply(discover(ANNA)).header().yiaddr()).hasToString("10.77.0.200");
  }

  @Test
  void refusesAnAddressThatIsNotGivenHereOnlyWhereItAloneIsAsked() {
    Requests renewing = request(REQUEST, ANNA).using(Ipv4Address.parse("10.77.0.20"));

    assertThat(answer(renewing)).isInstanceOf(Answer.Silence.class);
    Answer alone =
        server.answer(LabSettings.query(renewing, LabSettings.SERVER)).toCompletableFuture().join();
    assertThat(((Answer.Reply) alone).packet().type()).isEqualTo(NAK);
  }

  @Test
  void keepsADeclinedAddressFromAllAndOffersAnother() {
    bind(ANNA, SEVENTY);

    Answer answer = answer(decline(ANNA, SEVENTY));

    assertThat(answer).isInstanceOf(Answer.Heard.class);
    assertThat(reply(discover(ANNA)).header().yiaddr()).isNotEqualTo(SEVENTY);
    assertThat(reply(select(BERT, SEVENTY)).type()).isEqualTo(NAK);
    clock.pass(Duration.ofMinutes(10));
    assertThat(reply(select(BERT, SEVENTY)).type()).isEqualTo(ACK);
  }

  @Test
  void staysWithTheRecordWhereALeaseIsWrittenWhileItsAddressIsDeclined() {
    SlowLeases slow = new SlowLeases(leases);
    AddressPool pool = lab().addresses();
    server = new AnswerDhcp(lab().parts(slow, pool, Runnable::run, clock));
    Ipv4Address offered = reply(discover(ANNA)).header().yiaddr();

    CompletionStage<Answer> ack = server.answer(LabSettings.query(select(ANNA, offered)));
    CompletionStage<Answer> heard = server.answer(LabSettings.query(decline(ANNA, offered)));
    slow.goOn();

    assertThat(ack.toCompletableFuture()).isCompleted();
    assertThat(heard.toCompletableFuture()).isCompleted();
    assertThat(pool.mayHave(ClientId.of(ANNA), offered, clock.instant())).isFalse();
    assertThat(pool.resolve(offered, clock.instant())).isEmpty();
  }

  @Test
  void staysWithTheRecordWhereALeaseIsWrittenWhileItIsReleased() {
    SlowLeases slow = new SlowLeases(leases);
    AddressPool pool = lab().addresses();
    server = new AnswerDhcp(lab().parts(slow, pool, Runnable::run, clock));
    Ipv4Address offered = reply(discover(ANNA)).header().yiaddr();

    server.answer(LabSettings.query(select(ANNA, offered)));
    server.answer(LabSettings.query(request(RELEASE, ANNA).using(offered)));
    slow.goOn();

    assertThat(leaseOf(ANNA)).contains(bound(offered, clock.instant()));
    assertThat(pool.resolve(offered, clock.instant())).isEmpty();
    assertThat(pool.mayHave(ClientId.of(BERT), offered, clock.instant())).isTrue();
  }

  /** A record that carries out what it is asked for when it is told to, in its order. */
  private static final class SlowLeases extends ForwardingLeases {
    private final CompletableFuture<Void> go = new CompletableFuture<>();
    private CompletionStage<?> last = go;

    private SlowLeases(Leases leases) {
      super(leases);
    }

    private void goOn() {
      go.complete(null);
    }

    private <T> CompletionStage<T> then(Supplier<CompletionStage<T>> intent) {
      CompletionStage<T> done = last.thenCompose(before -> intent.get());
      last = done;
      return done;
    }

    @Override
    public CompletionStage<Claim> confirm(
        SubnetId subnet, IpAddress address, ClientId client, Duration time) {
      return then(() -> super.confirm(subnet, address, client, time));
    }

    @Override
    public CompletionStage<Optional<Lease>> release(
        SubnetId subnet, IpAddress address, ClientId client) {
      return then(() -> super.release(subnet, address, client));
    }

    @Override
    public CompletionStage<Optional<Lease>> decline(
        SubnetId subnet, IpAddress address, ClientId client, Duration time) {
      return then(() -> super.decline(subnet, address, client, time));
    }
  }

  @Test
  void ignoresADeclineByAMachineThatWasNotGivenTheAddress() {
    bind(ANNA, SEVENTY);

    answer(decline(BERT, SEVENTY));
    answer(decline(BERT, EIGHTY));

    assertThat(reply(request(REQUEST, ANNA).using(SEVENTY)).type()).isEqualTo(ACK);
    assertThat(reply(select(BERT, EIGHTY)).type()).isEqualTo(ACK);
  }

  @Test
  void endsALeaseThatIsReleasedByItsHolderOnly() {
    bind(ANNA, SEVENTY);

    answer(request(RELEASE, BERT).using(SEVENTY));
    assertThat(reply(select(BERT, SEVENTY)).type()).isEqualTo(NAK);

    answer(request(RELEASE, ANNA).using(SEVENTY));
    assertThat(leaseOf(ANNA)).contains(bound(SEVENTY, clock.instant()));
    assertThat(reply(select(BERT, SEVENTY)).type()).isEqualTo(ACK);
  }

  @Test
  void informsWithoutAnAddressOrALeaseTime() {
    DhcpPacket ack = reply(request(INFORM, ANNA).using(EIGHTY));

    assertThat(ack.type()).isEqualTo(ACK);
    assertThat(ack.header().yiaddr()).isEqualTo(Ipv4Address.NONE);
    assertThat(ack.options().has(DhcpOption.LEASE_TIME)).isFalse();
    assertThat(ack.options().has(DhcpOption.ROUTER)).isTrue();
    assertThat(leaseOf(ANNA)).isEmpty();
  }

  @Test
  void answersRelaysOfItsNetworkOnly() {
    Ipv4Address relay = Ipv4Address.parse("10.77.0.253");

    DhcpPacket offer = reply(discover(ANNA).relayedBy(relay));

    assertThat(offer.header().giaddr()).isEqualTo(relay);
    assertThat(answer(discover(ANNA).relayedBy(Ipv4Address.parse("10.99.0.1"))))
        .isInstanceOfSatisfying(
            Answer.Silence.class, it -> assertThat(it.reason()).isEqualTo("other-network"));
  }

  @Test
  void saysSoWhenNoAddressIsLeft() {
    server = serverOf(lab().pool("10.77.0.70-10.77.0.70"));
    reply(discover(ANNA));

    assertThat(answer(discover(BERT)))
        .isInstanceOfSatisfying(
            Answer.Silence.class, it -> assertThat(it.reason()).isEqualTo("no-free-address"));
  }

  private static Requests select(MacAddress client, Ipv4Address address) {
    return request(REQUEST, client)
        .with(DhcpOption.SERVER_IDENTIFIER, LabSettings.SERVER)
        .with(DhcpOption.REQUESTED_ADDRESS, address);
  }

  private static Requests reboot(MacAddress client, Ipv4Address address) {
    return request(REQUEST, client).with(DhcpOption.REQUESTED_ADDRESS, address);
  }

  private static Requests decline(MacAddress client, Ipv4Address address) {
    return request(DECLINE, client)
        .with(DhcpOption.SERVER_IDENTIFIER, LabSettings.SERVER)
        .with(DhcpOption.REQUESTED_ADDRESS, address);
  }

  private void bind(MacAddress client, Ipv4Address address) {
    assertThat(reply(select(client, address)).type()).isEqualTo(ACK);
  }

  /** A server that starts with what the leases hold at this time. */
  private AnswerDhcp serverOf(LabSettings lab) {
    AddressPool pool = lab.addresses();
    list().forEach(pool::learn);
    return new AnswerDhcp(lab.parts(leases, pool, Runnable::run, clock));
  }

  private List<Lease> list() {
    return leases.list(lab().subnet().id()).toCompletableFuture().join();
  }

  private Optional<Lease> leaseOf(MacAddress client) {
    return list().stream().filter(lease -> lease.belongsTo(ClientId.of(client))).findFirst();
  }

  private static Lease bound(Ipv4Address address, Instant until) {
    return new Lease(lab().subnet().id(), address, ClientId.of(ANNA), Lease.State.BOUND, until);
  }

  private Answer answer(Requests request) {
    return server.answer(LabSettings.query(request)).toCompletableFuture().join();
  }

  private DhcpPacket reply(Requests request) {
    Answer answer = answer(request);
    assertThat(answer).isInstanceOf(Answer.Reply.class);
    return ((Answer.Reply) answer).packet();
  }
}
