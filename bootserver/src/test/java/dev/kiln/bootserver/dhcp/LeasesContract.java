package dev.kiln.bootserver.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every record of leases does, whatever keeps it: extended by a test of each. */
public abstract class LeasesContract {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final MacAddress BERT = MacAddress.parse("52:54:00:00:00:0b");
  private static final Ipv4Address ONE = Ipv4Address.parse("10.77.0.51");
  private static final Ipv4Address TWO = Ipv4Address.parse("10.77.0.52");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));
  private static final Instant MUCH_LATER = NOW.plus(Duration.ofHours(2));

  private Leases leases;

  /** A record without a lease. */
  protected abstract Leases empty() throws Exception;

  @BeforeEach
  void startEmpty() throws Exception {
    leases = empty();
  }

  @Test
  void knowsNobodyAtFirst() {
    assertThat(list()).isEmpty();
    assertThat(find(ANNA)).isEmpty();
  }

  @Test
  void grantsAFreeAddress() {
    Lease wish = Lease.bound(ONE, ANNA, LATER);

    assertThat(claim(wish, NOW)).isEqualTo(new Claim.Granted(wish));
    assertThat(list()).containsExactly(wish);
    assertThat(find(ANNA)).contains(wish);
  }

  @Test
  void refusesAnAddressThatAnotherHolds() {
    Lease held = Lease.bound(ONE, ANNA, LATER);
    claim(held, NOW);

    assertThat(claim(Lease.bound(ONE, BERT, MUCH_LATER), NOW)).isEqualTo(new Claim.Taken(held));
    assertThat(list()).containsExactly(held);
  }

  @Test
  void lengthensALeaseForItsHolder() {
    claim(Lease.bound(ONE, ANNA, LATER), NOW);
    Lease longer = Lease.bound(ONE, ANNA, MUCH_LATER);

    assertThat(claim(longer, NOW)).isEqualTo(new Claim.Granted(longer));
    assertThat(list()).containsExactly(longer);
  }

  @Test
  void grantsAnAddressWhoseLeaseEnded() {
    claim(Lease.bound(ONE, ANNA, LATER), NOW);
    Lease wish = Lease.bound(ONE, BERT, MUCH_LATER);

    assertThat(claim(wish, LATER)).isEqualTo(new Claim.Granted(wish));
    assertThat(find(ANNA)).isEmpty();
  }

  @Test
  void keepsALeaseThatEndedForItsMachine() {
    Lease ended = Lease.bound(ONE, ANNA, NOW.minusSeconds(1));
    claim(ended, NOW.minusSeconds(100));

    assertThat(find(ANNA)).contains(ended);
    assertThat(list()).containsExactly(ended);
  }

  @Test
  void givesAMachineOneAddressOnly() {
    claim(Lease.bound(ONE, ANNA, LATER), NOW);
    Lease moved = Lease.bound(TWO, ANNA, LATER);

    assertThat(claim(moved, NOW)).isEqualTo(new Claim.Granted(moved));
    assertThat(list()).containsExactly(moved);
  }

  @Test
  void changesNothingWhereItRefuses() {
    Lease anna = Lease.bound(ONE, ANNA, LATER);
    Lease bert = Lease.bound(TWO, BERT, LATER);
    claim(anna, NOW);
    claim(bert, NOW);

    claim(Lease.bound(TWO, ANNA, MUCH_LATER), NOW);

    assertThat(list()).containsExactlyInAnyOrder(anna, bert);
  }

  @Test
  void endsAReleasedLeaseAndKeepsIt() {
    claim(Lease.bound(ONE, ANNA, MUCH_LATER), NOW);

    join(leases.release(ONE, ANNA, LATER));

    assertThat(find(ANNA)).contains(Lease.bound(ONE, ANNA, LATER));
    assertThat(claim(Lease.bound(ONE, BERT, MUCH_LATER), LATER)).isInstanceOf(Claim.Granted.class);
  }

  @Test
  void neverLengthensALeaseByReleasingIt() {
    Lease ended = Lease.bound(ONE, ANNA, LATER);
    claim(ended, NOW);

    join(leases.release(ONE, ANNA, MUCH_LATER));

    assertThat(find(ANNA)).contains(ended);
  }

  @Test
  void ignoresAReleaseByAnother() {
    Lease held = Lease.bound(ONE, ANNA, MUCH_LATER);
    claim(held, NOW);

    join(leases.release(ONE, BERT, LATER));
    join(leases.release(TWO, BERT, LATER));

    assertThat(list()).containsExactly(held);
  }

  @Test
  void keepsADeclinedAddressFromEveryone() {
    claim(Lease.bound(ONE, ANNA, LATER), NOW);
    Lease declined = new Lease(ONE, ANNA, Lease.State.DECLINED, LATER);

    join(leases.decline(ONE, ANNA, LATER));

    assertThat(claim(Lease.bound(ONE, ANNA, MUCH_LATER), NOW)).isEqualTo(new Claim.Taken(declined));
    assertThat(claim(Lease.bound(ONE, BERT, MUCH_LATER), NOW)).isEqualTo(new Claim.Taken(declined));
    assertThat(list()).containsExactly(declined);
    assertThat(find(ANNA)).isEmpty();
  }

  @Test
  void givesADeclinedAddressAwayWhenItsTimeIsOver() {
    join(leases.decline(ONE, ANNA, LATER));
    Lease wish = Lease.bound(ONE, BERT, MUCH_LATER);

    assertThat(claim(wish, LATER)).isEqualTo(new Claim.Granted(wish));
    assertThat(list()).containsExactly(wish);
  }

  @Test
  void remembersADeclinedAddressWhenItsMachineMovesOn() {
    join(leases.decline(ONE, ANNA, LATER));

    claim(Lease.bound(TWO, ANNA, LATER), NOW);

    assertThat(list())
        .containsExactlyInAnyOrder(
            new Lease(ONE, ANNA, Lease.State.DECLINED, LATER), Lease.bound(TWO, ANNA, LATER));
  }

  @Test
  void carriesOutCallsInTheirOrder() {
    CompletionStage<Claim> first = leases.claim(Lease.bound(ONE, ANNA, MUCH_LATER), NOW);
    CompletionStage<Void> second = leases.release(ONE, ANNA, NOW);
    CompletionStage<Claim> third = leases.claim(Lease.bound(ONE, BERT, MUCH_LATER), NOW);

    join(first);
    join(second);
    assertThat(join(third)).isInstanceOf(Claim.Granted.class);
  }

  private Claim claim(Lease wish, Instant now) {
    return join(leases.claim(wish, now));
  }

  private List<Lease> list() {
    return join(leases.list());
  }

  private Optional<Lease> find(MacAddress client) {
    return list().stream().filter(lease -> lease.belongsTo(client)).findFirst();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
