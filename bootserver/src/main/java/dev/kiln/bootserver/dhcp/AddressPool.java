package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Range;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Chooses addresses (RFC 2131 §4.3.1). Used by one event loop only, but for {@link #resolve}. */
final class AddressPool {
  private final Optional<Ipv4Range> range;
  private final Map<MacAddress, Reservation> reservations;
  private final Set<Ipv4Address> kept = new HashSet<>();
  private final LeaseBook leases = new LeaseBook(this::noteUse);
  private final Offers offers = new Offers(this::noteUse);
  // Places of the range that are reserved, leased at any time, or on offer.
  private final BitSet used = new BitSet();

  AddressPool(DhcpSettings settings) {
    this.range = settings.subnet().pool();
    this.reservations = new HashMap<>(settings.reservations());
    kept.addAll(settings.subnet().dns());
    reservations.values().forEach(reservation -> kept.add(reservation.address()));
    kept.forEach(this::noteUse);
  }

  /** Chooses an address and keeps it for this machine for a while; empty where none is left. */
  Optional<Ipv4Address> offer(MacAddress client, Optional<Ipv4Address> wish, Instant now) {
    offers.expire(now);
    // The order of RFC 2131 §4.3.1, after what a person reserved.
    Optional<Ipv4Address> choice =
        Stream.of(
                reserved(client, now),
                offers.of(client),
                leases.of(client).map(Lease::address),
                wish)
            .flatMap(Optional::stream)
            .filter(address -> mayHave(client, address, now))
            .findFirst()
            .or(() -> neverUsed(client))
            .or(() -> unusedForLongest(client, now));
    choice.ifPresent(address -> offers.hold(address, client, now));
    return choice;
  }

  /** Keeps an address for a machine while its lease is written. */
  void hold(Ipv4Address address, MacAddress client, Instant now) {
    offers.hold(address, client, now);
  }

  /** Forgets what a machine was offered. */
  void withdraw(MacAddress client) {
    offers.withdraw(client);
  }

  /** Whether this machine may use this address: no other does, and nothing else is reserved. */
  boolean mayHave(MacAddress client, Ipv4Address address, Instant now) {
    Optional<Ipv4Address> reserved = reserved(client, now);
    return reserved.isPresent()
        ? reserved.get().equals(address)
        : range.filter(pool -> pool.contains(address)).isPresent()
            && !kept.contains(address)
            && freeFor(client, address, now);
  }

  /** The address reserved for this machine, unless another uses it now. */
  private Optional<Ipv4Address> reserved(MacAddress client, Instant now) {
    return Optional.ofNullable(reservations.get(client))
        .map(Reservation::address)
        .filter(address -> freeFor(client, address, now));
  }

  /** Whether neither a lease nor an offer gives this address to another machine. */
  boolean freeFor(MacAddress client, Ipv4Address address, Instant now) {
    offers.expire(now);
    boolean leasedToOther =
        leases
            .on(address)
            .filter(lease -> lease.holdsAt(now) && !lease.belongsTo(client))
            .isPresent();
    return !leasedToOther
        && offers.holder(address).filter(other -> !other.equals(client)).isEmpty();
  }

  /** A machine tends to the same place, so that it gets its address back even without its lease. */
  private Optional<Ipv4Address> neverUsed(MacAddress client) {
    return range.flatMap(
        pool -> {
          int start = Math.floorMod(client.hashCode() * 0x9E3779B1, pool.size());
          int place = used.nextClearBit(start);
          int found = place < pool.size() ? place : used.nextClearBit(0);
          return found < pool.size() ? Optional.of(pool.at(found)) : Optional.empty();
        });
  }

  private Optional<Ipv4Address> unusedForLongest(MacAddress client, Instant now) {
    return leases
        .endedAt(now)
        .map(Lease::address)
        .filter(address -> mayHave(client, address, now))
        .findFirst();
  }

  /** Takes in what the durable record says of an address. */
  void learn(Lease lease) {
    offers.holder(lease.address()).ifPresent(offers::withdraw);
    leases.put(lease);
  }

  Optional<Lease> leaseOf(MacAddress client) {
    return leases.of(client);
  }

  /** Whether it is said here which address this machine has. */
  boolean knows(MacAddress client) {
    return reservations.containsKey(client) || leases.of(client).isPresent();
  }

  /** Whether this machine holds this address, or was just offered it. */
  boolean isGivenTo(MacAddress client, Ipv4Address address, Instant now) {
    offers.expire(now);
    return offers.of(client).filter(address::equals).isPresent()
        || leases
            .on(address)
            .filter(lease -> lease.belongsTo(client) && lease.holdsAt(now))
            .isPresent();
  }

  /** Who uses an address at this time. On any thread. */
  Optional<MacAddress> resolve(Ipv4Address address, Instant now) {
    return leases
        .on(address)
        .filter(lease -> lease.state() == Lease.State.BOUND && lease.holdsAt(now))
        .map(Lease::client);
  }

  private void noteUse(Ipv4Address address) {
    range
        .filter(pool -> pool.contains(address))
        .ifPresent(
            pool ->
                used.set(
                    pool.indexOf(address),
                    kept.contains(address)
                        || leases.on(address).isPresent()
                        || offers.holder(address).isPresent()));
  }
}
