package dev.kiln.bootserver.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.MacAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every record of leases does, whatever keeps it: extended by a test of each. */
public abstract class LeasesContract {
  private static final SubnetId HERE = new SubnetId("10.77.0.0/24");
  private static final SubnetId THERE = new SubnetId("2001:db8::/64");
  private static final ClientId ANNA = ClientId.of(MacAddress.parse("52:54:00:00:00:0a"));
  private static final ClientId BERT = ClientId.of(MacAddress.parse("52:54:00:00:00:0b"));
  private static final IpAddress ONE = IpAddress.parse("10.77.0.51");
  private static final IpAddress TWO = IpAddress.parse("10.77.0.52");
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestClock clock = new TestClock();
  private Leases leases;
  private Leases second;

  /** Two servers that share one record. */
  public record Servers(Leases one, Leases other) {}

  /** Starts with a record without a lease, whose clock is this. */
  protected abstract Servers start(TestClock time) throws Exception;

  @BeforeEach
  void startEmpty() throws Exception {
    Servers servers = start(clock);
    leases = servers.one();
    second = servers.other();
  }

  @Test
  void knowsNobodyAtFirst() {
    assertThat(list()).isEmpty();
    assertThat(find(ANNA)).isEmpty();
  }

  @Test
  void grantsAFreeAddressFromNowOnByItsOwnClock() {
    Lease granted = bound(ONE, ANNA, HOUR);

    assertThat(confirm(ONE, ANNA)).isEqualTo(new Claim.Granted(granted));
    assertThat(list()).containsExactly(granted);
    assertThat(find(ANNA)).contains(granted);
  }

  @Test
  void refusesAnAddressThatAnotherHolds() {
    Lease held = bound(ONE, ANNA, HOUR);
    confirm(ONE, ANNA);

    assertThat(confirm(ONE, BERT)).isEqualTo(new Claim.Taken(held));
    assertThat(list()).containsExactly(held);
  }

  @Test
  void lengthensALeaseForItsHolder() {
    confirm(ONE, ANNA);
    clock.pass(Duration.ofMinutes(30));

    assertThat(confirm(ONE, ANNA)).isEqualTo(new Claim.Granted(bound(ONE, ANNA, HOUR)));
    assertThat(list()).containsExactly(bound(ONE, ANNA, HOUR));
  }

  @Test
  void grantsAnAddressWhoseLeaseEnded() {
    confirm(ONE, ANNA);
    clock.pass(HOUR);

    assertThat(confirm(ONE, BERT)).isEqualTo(new Claim.Granted(bound(ONE, BERT, HOUR)));
    assertThat(find(ANNA)).isEmpty();
  }

  @Test
  void keepsALeaseThatEndedForItsMachine() {
    Lease lease = bound(ONE, ANNA, HOUR);
    confirm(ONE, ANNA);
    clock.pass(HOUR.multipliedBy(100));

    assertThat(find(ANNA)).contains(lease);
    assertThat(list()).containsExactly(lease);
  }

  @Test
  void givesAMachineOneAddressOfASubnetOnly() {
    confirm(ONE, ANNA);

    confirm(TWO, ANNA);

    assertThat(list()).containsExactly(bound(TWO, ANNA, HOUR));
  }

  @Test
  void keepsSubnetsAndKindsOfClientsApart() {
    IpAddress six = IpAddress.parse("2001:db8::51");
    ClientId identified = new ClientId.Identifier("ff52540000000a");
    confirm(ONE, ANNA);
    join(leases.confirm(THERE, six, ANNA, HOUR));
    join(leases.confirm(THERE, ONE, identified, HOUR));

    assertThat(list()).containsExactly(bound(ONE, ANNA, HOUR));
    assertThat(join(leases.list(THERE)))
        .extracting(Lease::address, Lease::client)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(six, ANNA),
            org.assertj.core.groups.Tuple.tuple(ONE, identified));
  }

  @Test
  void changesNothingWhereItRefuses() {
    confirm(ONE, ANNA);
    confirm(TWO, BERT);

    confirm(TWO, ANNA);

    assertThat(list()).containsExactlyInAnyOrder(bound(ONE, ANNA, HOUR), bound(TWO, BERT, HOUR));
  }

  @Test
  void endsAReleasedLeaseAndKeepsIt() {
    confirm(ONE, ANNA);
    Lease ended = bound(ONE, ANNA, Duration.ZERO);

    assertThat(release(ONE, ANNA)).contains(ended);
    assertThat(find(ANNA)).contains(ended);
    assertThat(confirm(ONE, BERT)).isInstanceOf(Claim.Granted.class);
  }

  @Test
  void neverLengthensALeaseByReleasingIt() {
    Lease lease = bound(ONE, ANNA, HOUR);
    confirm(ONE, ANNA);
    clock.pass(HOUR.multipliedBy(2));

    assertThat(release(ONE, ANNA)).isEmpty();
    assertThat(find(ANNA)).contains(lease);
  }

  @Test
  void ignoresAReleaseByAnother() {
    Lease held = bound(ONE, ANNA, HOUR);
    confirm(ONE, ANNA);

    assertThat(release(ONE, BERT)).isEmpty();
    assertThat(release(TWO, BERT)).isEmpty();
    assertThat(list()).containsExactly(held);
  }

  @Test
  void keepsADeclinedAddressFromEveryone() {
    confirm(ONE, ANNA);
    Lease declined = declined(ONE, ANNA);

    assertThat(decline(ONE, ANNA)).contains(declined);
    assertThat(confirm(ONE, ANNA)).isEqualTo(new Claim.Taken(declined));
    assertThat(confirm(ONE, BERT)).isEqualTo(new Claim.Taken(declined));
    assertThat(list()).containsExactly(declined);
    assertThat(find(ANNA)).isEmpty();
  }

  @Test
  void ignoresADeclineOfWhatAnotherHolds() {
    Lease held = bound(ONE, ANNA, HOUR);
    confirm(ONE, ANNA);

    assertThat(decline(ONE, BERT)).isEmpty();
    assertThat(list()).containsExactly(held);
  }

  @Test
  void givesADeclinedAddressAwayWhenItsTimeIsOver() {
    decline(ONE, ANNA);
    clock.pass(HOUR);

    assertThat(confirm(ONE, BERT)).isEqualTo(new Claim.Granted(bound(ONE, BERT, HOUR)));
    assertThat(list()).containsExactly(bound(ONE, BERT, HOUR));
  }

  @Test
  void givesADeclinedAddressBackBeforeItsTime() {
    decline(ONE, ANNA);
    Lease ended = new Lease(HERE, ONE, ANNA, Lease.State.DECLINED, clock.instant());

    assertThat(join(leases.giveBack(HERE, ONE))).contains(ended);
    assertThat(list()).containsExactly(ended);
    assertThat(join(leases.giveBack(HERE, ONE))).isEmpty();
    assertThat(confirm(ONE, BERT)).isEqualTo(new Claim.Granted(bound(ONE, BERT, HOUR)));
  }

  @Test
  void givesNothingBackThatNobodyDeclined() {
    Lease held = bound(ONE, ANNA, HOUR);
    confirm(ONE, ANNA);

    assertThat(join(leases.giveBack(HERE, ONE))).isEmpty();
    assertThat(join(leases.giveBack(HERE, TWO))).isEmpty();
    assertThat(list()).containsExactly(held);
  }

  @Test
  void remembersADeclinedAddressWhenItsMachineMovesOn() {
    decline(ONE, ANNA);

    confirm(TWO, ANNA);

    assertThat(list()).containsExactlyInAnyOrder(declined(ONE, ANNA), bound(TWO, ANNA, HOUR));
  }

  @Test
  void carriesOutCallsInTheirOrderAndTellsSoInTheSame() {
    List<String> completed = new CopyOnWriteArrayList<>();
    CompletionStage<Claim> first = leases.confirm(HERE, ONE, ANNA, HOUR);
    CompletionStage<Optional<Lease>> second = leases.decline(HERE, ONE, ANNA, HOUR);
    CompletionStage<Claim> third = leases.confirm(HERE, ONE, ANNA, HOUR);

    first.thenRun(() -> completed.add("confirmed"));
    second.thenRun(() -> completed.add("declined"));
    CompletionStage<?> told = third.thenRun(() -> completed.add("refused"));
    join(told);

    assertThat(join(third)).isEqualTo(new Claim.Taken(declined(ONE, ANNA)));
    assertThat(completed).containsExactly("confirmed", "declined", "refused");
  }

  @Test
  void neverGivesOneAddressToTwoThatAskTwoServers() {
    List<CompletionStage<Claim>> claims = new ArrayList<>();
    for (int number = 0; number < 200; number++) {
      ClientId client = ClientId.of(new MacAddress(0x525400000100L + number));
      IpAddress address = IpAddress.parse("10.77.0." + (100 + number % 50));
      claims.add((number % 2 == 0 ? leases : second).confirm(HERE, address, client, HOUR));
    }

    Set<IpAddress> given = new HashSet<>();
    for (CompletionStage<Claim> claim : claims) {
      if (join(claim) instanceof Claim.Granted granted) {
        assertThat(given.add(granted.lease().address())).isTrue();
      }
    }
    assertThat(given).hasSize(50);
    assertThat(join(second.list(HERE))).hasSize(50);
  }

  @Test
  void showsOneServerWhatTheOtherConfirmed() {
    confirm(ONE, ANNA);

    assertThat(join(second.list(HERE))).containsExactly(bound(ONE, ANNA, HOUR));
    assertThat(join(second.release(HERE, ONE, ANNA))).isPresent();
    assertThat(list()).containsExactly(bound(ONE, ANNA, Duration.ZERO));
  }

  private Lease bound(IpAddress address, ClientId client, Duration time) {
    return new Lease(HERE, address, client, Lease.State.BOUND, clock.instant().plus(time));
  }

  private Lease declined(IpAddress address, ClientId client) {
    return new Lease(HERE, address, client, Lease.State.DECLINED, clock.instant().plus(HOUR));
  }

  private Claim confirm(IpAddress address, ClientId client) {
    return join(leases.confirm(HERE, address, client, HOUR));
  }

  private Optional<Lease> release(IpAddress address, ClientId client) {
    return join(leases.release(HERE, address, client));
  }

  private Optional<Lease> decline(IpAddress address, ClientId client) {
    return join(leases.decline(HERE, address, client, HOUR));
  }

  private List<Lease> list() {
    return join(leases.list(HERE));
  }

  private Optional<Lease> find(ClientId client) {
    return list().stream().filter(lease -> lease.belongsTo(client)).findFirst();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
