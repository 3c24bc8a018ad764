package dev.kiln.bootserver.lease;

import static dev.kiln.bootserver.dhcp.LabSettings.lab;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Range;
import dev.kiln.bootserver.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressPoolTest {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final MacAddress BERT = MacAddress.parse("52:54:00:00:00:0b");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));
  private static final Ipv4Address SIXTY = Ipv4Address.parse("10.77.0.60");
  private static final Ipv4Address SEVENTY = Ipv4Address.parse("10.77.0.70");

  @Test
  void neverOffersOneAddressToTwo() {
    AddressPool pool = lab().addresses();
    Set<Ipv4Address> offered = new HashSet<>();

    // The pool has 101 addresses, one of which is a name server's.
    for (int machine = 1; machine <= 100; machine++) {
      offered.add(offer(pool, new MacAddress(machine), NOW).orElseThrow());
    }

    assertThat(offered)
        .hasSize(100)
        .doesNotContain(SIXTY)
        .allMatch(Ipv4Range.parse("10.77.0.50-10.77.0.150")::contains);
    assertThat(offer(pool, new MacAddress(101), NOW)).isEmpty();
  }

  @Test
  void offersAMachineThatAsksAgainTheSame() {
    AddressPool pool = lab().addresses();

    assertThat(offer(pool, ANNA, NOW)).isEqualTo(offer(pool, ANNA, NOW.plusSeconds(30)));
  }

  @Test
  void freesAnOfferNobodyTookUp() {
    AddressPool pool = lab().pool("10.77.0.70-10.77.0.70").addresses();
    assertThat(offer(pool, ANNA, NOW)).contains(SEVENTY);

    assertThat(offer(pool, BERT, NOW.plusSeconds(59))).isEmpty();
    assertThat(offer(pool, BERT, NOW.plusSeconds(60))).contains(SEVENTY);
    assertThat(offer(pool, ANNA, NOW.plusSeconds(61))).isEmpty();
  }

  @Test
  void freesAnOfferThatWasWithdrawn() {
    AddressPool pool = lab().pool("10.77.0.70-10.77.0.70").addresses();
    offer(pool, ANNA, NOW);

    pool.withdraw(ClientId.of(ANNA));

    assertThat(offer(pool, BERT, NOW)).contains(SEVENTY);
  }

  @Test
  void keepsAReservedAddressForItsMachine() {
    AddressPool pool =
        lab().pool("10.77.0.70-10.77.0.71").reserve(ANNA, "10.77.0.70", "anna").addresses();

    assertThat(offer(pool, BERT, NOW)).contains(Ipv4Address.parse("10.77.0.71"));
    assertThat(pool.mayHave(ClientId.of(BERT), SEVENTY, NOW)).isFalse();
    assertThat(offer(pool, ANNA, NOW)).contains(SEVENTY);
  }

  @Test
  void givesAReservedMachineAnotherAddressWhileItsOwnIsInUse() {
    AddressPool pool = lab().reserve(ANNA, "10.77.0.70", "anna").addresses();
    pool.learn(bound(SEVENTY, BERT, LATER));

    Optional<Ipv4Address> meanwhile = offer(pool, ANNA, NOW);

    assertThat(meanwhile).isPresent().isNotEqualTo(Optional.of(SEVENTY));
    assertThat(pool.mayHave(ClientId.of(ANNA), meanwhile.get(), NOW)).isTrue();
    assertThat(offer(pool, ANNA, LATER)).contains(SEVENTY);
  }

  @Test
  void servesReservedMachinesWithoutAPool() {
    AddressPool pool = lab().withoutPool().reserve(ANNA, "10.77.0.70", "anna").addresses();

    assertThat(offer(pool, ANNA, NOW)).contains(SEVENTY);
    assertThat(offer(pool, BERT, NOW)).isEmpty();
  }

  @Test
  void remembersTheAddressOfAMachineWhoseLeaseEnded() {
    AddressPool pool = lab().addresses();
    pool.learn(bound(SEVENTY, ANNA, NOW.minusSeconds(1)));

    assertThat(offer(pool, ANNA, NOW)).contains(SEVENTY);
  }

  @Test
  void grantsAWishForAFreeAddress() {
    AddressPool pool = lab().addresses();

    assertThat(pool.offer(ClientId.of(ANNA), Optional.of(SEVENTY), NOW)).contains(SEVENTY);
    assertThat(pool.offer(ClientId.of(BERT), Optional.of(SEVENTY), NOW))
        .isPresent()
        .isNotEqualTo(Optional.of(SEVENTY));
  }

  @Test
  void ignoresAWishForAnAddressOutsideThePool() {
    AddressPool pool = lab().addresses();
    Ipv4Address router = Ipv4Address.parse("10.77.0.254");

    assertThat(pool.offer(ClientId.of(ANNA), Optional.of(router), NOW))
        .isNotEqualTo(Optional.of(router));
    assertThat(pool.offer(ClientId.of(BERT), Optional.of(SIXTY), NOW))
        .isNotEqualTo(Optional.of(SIXTY));
  }

  @Test
  void takesTheAddressUnusedForLongestWhenNoneIsNew() {
    AddressPool pool = lab().pool("10.77.0.70-10.77.0.72").addresses();
    pool.learn(bound(at("10.77.0.70"), mac(1), NOW.minusSeconds(10)));
    pool.learn(bound(at("10.77.0.71"), mac(2), NOW.minusSeconds(20)));
    pool.learn(bound(at("10.77.0.72"), mac(3), NOW.plusSeconds(30)));

    assertThat(offer(pool, ANNA, NOW)).contains(at("10.77.0.71"));
    assertThat(offer(pool, BERT, NOW)).contains(at("10.77.0.70"));
    assertThat(offer(pool, mac(4), NOW)).isEmpty();
  }

  @Test
  void offersADeclinedAddressToNobodyForAWhile() {
    AddressPool pool = lab().pool("10.77.0.70-10.77.0.70").addresses();
    pool.learn(
        new Lease(lab().subnet().id(), SEVENTY, ClientId.of(ANNA), Lease.State.DECLINED, LATER));

    assertThat(offer(pool, ANNA, NOW)).isEmpty();
    assertThat(offer(pool, BERT, NOW)).isEmpty();
    assertThat(offer(pool, ANNA, LATER)).contains(SEVENTY);
  }

  @Test
  void freesTheOldAddressOfAMachineThatMoved() {
    AddressPool pool = lab().pool("10.77.0.70-10.77.0.71").addresses();
    pool.learn(bound(at("10.77.0.70"), ANNA, LATER));
    pool.learn(bound(at("10.77.0.71"), ANNA, LATER));

    assertThat(offer(pool, BERT, NOW)).contains(SEVENTY);
  }

  @Test
  void saysWhoseAnAddressIsWhileItsLeaseLasts() {
    AddressPool pool = lab().addresses();
    pool.learn(bound(SEVENTY, ANNA, LATER));

    assertThat(pool.resolve(SEVENTY, NOW)).contains(ANNA);
    assertThat(pool.resolve(SEVENTY, LATER)).isEmpty();
    assertThat(pool.resolve(SIXTY, NOW)).isEmpty();
  }

  @Test
  void knowsHowFullItIs() {
    // Ten addresses, one of which is a name server's.
    AddressPool pool = lab().pool("10.77.0.60-10.77.0.69").addresses();
    assertThat(pool.use(NOW)).isEqualTo(new PoolUse(10, 9));

    pool.learn(bound(at("10.77.0.61"), mac(1), LATER));
    pool.learn(bound(at("10.77.0.62"), mac(2), NOW.minusSeconds(1)));
    pool.learn(bound(at("10.77.0.99"), mac(3), LATER));
    offer(pool, ANNA, NOW);
    assertThat(pool.use(NOW)).isEqualTo(new PoolUse(10, 7));

    pool.learn(bound(at("10.77.0.61"), mac(1), LATER.plusSeconds(1)));
    assertThat(pool.use(LATER).used()).isEqualTo(2);
    assertThat(pool.use(LATER.plusSeconds(1))).isEqualTo(new PoolUse(10, 9));
  }

  @Test
  void saysThatItIsFullWhereNobodyElseCanGetAnAddress() {
    AddressPool pool = lab().pool("10.77.0.70-10.77.0.71").addresses();
    offer(pool, ANNA, NOW);
    offer(pool, BERT, NOW);

    assertThat(pool.use(NOW).free()).isZero();
    assertThat(offer(pool, mac(1), NOW)).isEmpty();
    assertThat(offer(pool, ANNA, NOW)).isPresent();
  }

  @Test
  void namesWhatWasDeclinedLongestAgo() {
    AddressPool pool = lab().addresses();
    assertThat(pool.mostDeclined()).isEqualTo(101 / 8);
    for (int number = 0; number < 3; number++) {
      pool.learn(declined(at("10.77.0.7" + number), LATER.plusSeconds(3 - number)));
    }

    assertThat(pool.declinedBeyond(1, NOW))
        .extracting(Lease::address)
        .containsExactly(at("10.77.0.72"), at("10.77.0.71"));
    assertThat(pool.declinedBeyond(3, NOW)).isEmpty();
    assertThat(pool.declinedBeyond(0, LATER.plusSeconds(2)))
        .extracting(Lease::address)
        .containsExactly(at("10.77.0.70"));
  }

  @Test
  void letsTheOnlyAddressBeDeclined() {
    assertThat(lab().pool("10.77.0.70-10.77.0.70").addresses().mostDeclined()).isEqualTo(1);
    assertThat(lab().withoutPool().addresses().mostDeclined()).isEqualTo(1);
  }

  private static Lease declined(Ipv4Address address, Instant until) {
    return new Lease(lab().subnet().id(), address, ClientId.of(ANNA), Lease.State.DECLINED, until);
  }

  @Test
  void takesOtherReservationsAndForgetsNoOffer() {
    AddressPool pool = lab().pool("10.77.0.70-10.77.0.71").addresses();
    Ipv4Address offered = offer(pool, ANNA, NOW).orElseThrow();
    Ipv4Address other = offered.equals(SEVENTY) ? at("10.77.0.71") : SEVENTY;

    pool.reserve(
        new Reservations(Map.of(ClientId.of(mac(7)), new Reservation(other, Optional.empty()))));

    assertThat(offer(pool, BERT, NOW)).isEmpty();
    assertThat(pool.isGivenTo(ClientId.of(ANNA), offered, NOW)).isTrue();

    pool.reserve(Reservations.NONE);
    assertThat(offer(pool, BERT, NOW)).contains(other);
  }

  private static Optional<Ipv4Address> offer(AddressPool pool, MacAddress client, Instant now) {
    return pool.offer(ClientId.of(client), Optional.empty(), now);
  }

  private static Lease bound(Ipv4Address address, MacAddress client, Instant until) {
    return new Lease(lab().subnet().id(), address, ClientId.of(client), Lease.State.BOUND, until);
  }

  private static Ipv4Address at(String address) {
    return Ipv4Address.parse(address);
  }

  private static MacAddress mac(int number) {
    return new MacAddress(number);
  }
}
