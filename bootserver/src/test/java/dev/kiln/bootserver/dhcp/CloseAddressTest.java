package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.LabSettings.lab;
import static dev.kiln.bootserver.dhcp.codec.MessageType.DECLINE;
import static dev.kiln.bootserver.dhcp.codec.Requests.discover;
import static dev.kiln.bootserver.dhcp.codec.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.health.Reported;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.ForwardingLeases;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.lease.LeasesInMemory;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.lease.TestClock;
import dev.kiln.bootserver.net.AddressProbe.Found;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CloseAddressTest {
  private static final Found NOBODY = new Found.Nobody();
  private static final Found SOMEBODY = new Found.UsedBy(MacAddress.parse("52:54:00:00:00:0b"));

  private static final int MOST = 12;

  private final TestClock clock = new TestClock();
  private final LeasesInMemory leases = new LeasesInMemory(clock);
  // Who is offered an address is first of all told that nobody uses it.
  private Found found = NOBODY;

  /** 100 addresses, of which an eighth may be declined. */
  private final LabSettings lab =
      lab()
          .pool("10.77.0.100-10.77.0.199")
          .probing((address, client) -> CompletableFuture.completedStage(found));

  private final AddressPool pool = lab.addresses();
  private final AnswerDhcp server = new AnswerDhcp(lab.parts(leases, pool, Runnable::run, clock));

  @Test
  void neverClosesMoreThanAShareOfThePool() {
    for (int number = 1; number <= 150; number++) {
      offerAndDecline(new MacAddress(number));
      assertThat(declined()).hasSizeLessThanOrEqualTo(MOST);
      clock.pass(Duration.ofMillis(10));
    }

    assertThat(declined()).hasSize(MOST);
    assertThat(pool.use(clock.instant().plusSeconds(60)).free()).isEqualTo(100 - MOST);
  }

  @Test
  void givesBackWhatWasDeclinedLongestAgo() {
    List<IpAddress> closed = new ArrayList<>();
    for (int number = 1; number <= MOST + 2; number++) {
      closed.add(offerAndDecline(new MacAddress(number)));
      clock.pass(Duration.ofMillis(10));
    }

    assertThat(declined()).containsExactlyInAnyOrderElementsOf(closed.subList(2, MOST + 2));
    assertThat(pool.mayHave(ClientId.of(new MacAddress(99)), (Ipv4Address) closed.get(0), now()))
        .isTrue();
  }

  @Test
  void closesNoMoreThanTheShareWhileTheRecordIsSlow() {
    List<CompletableFuture<Void>> waiting = new ArrayList<>();
    AnswerDhcp slow =
        new AnswerDhcp(
            lab.parts(
                new ForwardingLeases(leases) {
                  @Override
                  public CompletionStage<Optional<Lease>> decline(
                      SubnetId subnet, IpAddress address, ClientId client, Duration time) {
                    CompletableFuture<Void> go = new CompletableFuture<>();
                    waiting.add(go);
                    return go.thenCompose(gone -> super.decline(subnet, address, client, time));
                  }
                },
                pool,
                Runnable::run,
                clock));
    for (int number = 1; number <= 2 * MOST; number++) {
      offerAndDecline(slow, new MacAddress(number));
    }

    assertThat(waiting).hasSize(MOST);
    waiting.forEach(go -> go.complete(null));
    assertThat(declined()).hasSize(MOST);
  }

  @Test
  void reportsAnErrorInWhatNobodyWaitsFor() throws Exception {
    Error error = new AssertionError();
    AnswerDhcp broken =
        new AnswerDhcp(
            lab.parts(
                new ForwardingLeases(leases) {
                  @Override
                  public CompletionStage<Optional<Lease>> giveBack(
                      SubnetId subnet, IpAddress address) {
                    return CompletableFuture.failedStage(error);
                  }
                },
                pool,
                Runnable::run,
                clock));
    try (Reported reported = new Reported()) {
      for (int number = 1; number <= MOST + 1; number++) {
        offerAndDecline(broken, new MacAddress(number));
      }

      reported.await(error);
    }
  }

  private java.time.Instant now() {
    return clock.instant();
  }

  private IpAddress offerAndDecline(MacAddress client) {
    return offerAndDecline(server, client);
  }

  private IpAddress offerAndDecline(AnswerDhcp at, MacAddress client) {
    found = NOBODY;
    Answer offer = at.answer(LabSettings.query(discover(client))).toCompletableFuture().join();
    Ipv4Address address = ((Answer.Reply) offer).packet().header().yiaddr();
    found = SOMEBODY;
    at.answer(
        LabSettings.query(
            request(DECLINE, client)
                .with(DhcpOption.SERVER_IDENTIFIER, LabSettings.SERVER)
                .with(DhcpOption.REQUESTED_ADDRESS, address)));
    return address;
  }

  private List<IpAddress> declined() {
    return leases.list(lab.subnet().id()).toCompletableFuture().join().stream()
        .filter(it -> it.state() == Lease.State.DECLINED && it.holdsAt(clock.instant()))
        .map(Lease::address)
        .toList();
  }
}
