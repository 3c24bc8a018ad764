package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.LabSettings.lab;
import static dev.kiln.bootserver.dhcp.MessageType.ACK;
import static dev.kiln.bootserver.dhcp.MessageType.DECLINE;
import static dev.kiln.bootserver.dhcp.MessageType.INFORM;
import static dev.kiln.bootserver.dhcp.MessageType.NAK;
import static dev.kiln.bootserver.dhcp.MessageType.OFFER;
import static dev.kiln.bootserver.dhcp.MessageType.RELEASE;
import static dev.kiln.bootserver.dhcp.MessageType.REQUEST;
import static dev.kiln.bootserver.dhcp.Requests.ANNA;
import static dev.kiln.bootserver.dhcp.Requests.BERT;
import static dev.kiln.bootserver.dhcp.Requests.discover;
import static dev.kiln.bootserver.dhcp.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerDhcpTest {
  private static final Ipv4Address SEVENTY = Ipv4Address.parse("10.77.0.70");
  private static final Ipv4Address EIGHTY = Ipv4Address.parse("10.77.0.80");
  private static final Ipv4Address FAR = Ipv4Address.parse("10.99.0.70");
  private static final Ipv4Address OTHER_SERVER = Ipv4Address.parse("10.77.0.2");

  private final TestClock clock = new TestClock();
  private final LeasesInMemory leases = new LeasesInMemory();
  private AnswerDhcp server = serverOf(lab().settings());

  @Test
  void offersAnAddressAndAcknowledgesIt() {
    DhcpPacket offer = reply(discover(ANNA));
    Ipv4Address address = offer.header().yiaddr();

    DhcpPacket ack = reply(select(ANNA, address));

    assertThat(offer.type()).isEqualTo(OFFER);
    assertThat(ack.type()).isEqualTo(ACK);
    assertThat(ack.header().yiaddr()).isEqualTo(address);
    assertThat(ack.header().xid()).isEqualTo(0x1234abcd);
    assertThat(leaseOf(ANNA))
        .contains(Lease.bound(address, ANNA, clock.instant().plus(Duration.ofHours(1))));
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
    Lease elsewhere = Lease.bound(offered, BERT, clock.instant().plusSeconds(600));
    leases.claim(elsewhere, clock.instant()).toCompletableFuture().join();

    assertThat(reply(select(ANNA, offered)).type()).isEqualTo(NAK);
    assertThat(reply(discover(ANNA)).header().yiaddr()).isNotEqualTo(offered);
  }

  @Test
  void freesItsOfferWhenAnotherServerIsTaken() {
    server = serverOf(lab().pool("10.77.0.70-10.77.0.70").settings());
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
    server = serverOf(lab().reserve(BERT, "10.77.0.70", "bert").settings());

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
    server = serverOf(lab().reserve(ANNA, "10.77.0.200", "anna").settings());

    assertThat(reply(request(REQUEST, ANNA).using(SEVENTY)).type()).isEqualTo(NAK);
    assertThat(reply(discover(ANNA)).header().yiaddr()).hasToString("10.77.0.200");
  }

  @Test
  void leavesTheRenewalOfAnotherServersAddressToThatServer() {
    Ipv4Address outsideThePool = Ipv4Address.parse("10.77.0.20");

    assertThat(answer(request(REQUEST, ANNA).using(outsideThePool)))
        .isInstanceOf(Answer.Silence.class);
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
    assertThat(leaseOf(ANNA)).contains(Lease.bound(SEVENTY, ANNA, clock.instant()));
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
    server = serverOf(lab().pool("10.77.0.70-10.77.0.70").settings());
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
  private AnswerDhcp serverOf(DhcpSettings settings) {
    AddressPool pool = new AddressPool(settings);
    leases.list().toCompletableFuture().join().forEach(pool::learn);
    return new AnswerDhcp(settings, leases, pool, Runnable::run, clock);
  }

  private Optional<Lease> leaseOf(MacAddress client) {
    return leases.list().toCompletableFuture().join().stream()
        .filter(lease -> lease.belongsTo(client))
        .findFirst();
  }

  private Answer answer(Requests request) {
    return server.answer(request.packet()).toCompletableFuture().join();
  }

  private DhcpPacket reply(Requests request) {
    Answer answer = answer(request);
    assertThat(answer).isInstanceOf(Answer.Reply.class);
    return ((Answer.Reply) answer).packet();
  }
}
