package dev.kiln.bootserver.lease;

import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Range;
import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Chooses addresses of one subnet (RFC 2131 §4.3.1). Used by one event loop only, but for {@link
 * #resolve}.
 */
public final class AddressPool {
  /** One address of so many may be kept from all because a machine declined it. */
  private static final int DECLINED_OF = 8;

  private final Subnet subnet;
  private final Optional<Ipv4Range> range;
  private final LeaseBook leases = new LeaseBook(this::noteUse);
  private final Offers offers = new Offers(this::noteUse);
  // Places of the range that are reserved, leased at any time, or on offer.
  private final BitSet used = new BitSet();
  // Those of them that nobody without a reservation can get now.
  private final BitSet taken = new BitSet();
  private int free;
  private Set<Ipv4Address> kept = Set.of();
  private Reservations reservations = Reservations.NONE;

  /** A pool of a subnet nobody has an address of. */
  public AddressPool(Subnet subnet) {
    this.subnet = subnet;
    this.range = subnet.pool();
    this.free = range.map(Ipv4Range::size).orElse(0);
    reserve(Reservations.NONE);
  }

  /** Takes these reservations instead of those before; leases and offers stay what they are. */
  public void reserve(Reservations now) {
    Set<Ipv4Address> before = kept;
    kept = new HashSet<>(subnet.dns());
    now.byClient().values().forEach(reservation -> kept.add(reservation.address()));
    reservations = now;
    before.forEach(this::noteUse);
    kept.forEach(this::noteUse);
  }

  /** What a person has reserved for this client. */
  public Optional<Reservation> reservation(ClientId client) {
    return reservations.of(client);
  }

  /**
   * Chooses an address and keeps it for this client for a while; empty where none is left.
   *
   * @param wish what the client would like
   */
  public Optional<Ipv4Address> offer(ClientId client, Optional<Ipv4Address> wish, Instant now) {
    Optional<Ipv4Address> choice = choose(client, wish, now);
    choice.ifPresent(address -> offers.hold(address, client, now));
    return choice;
  }

  /** What {@link #offer} would choose; keeps nothing. */
  public Optional<Ipv4Address> choose(ClientId client, Optional<Ipv4Address> wish, Instant now) {
    expire(now);
    // The order of RFC 2131 §4.3.1, after what a person reserved.
    return Stream.of(
            reserved(client, now),
            offers.of(client).flatMap(AddressPool::four),
            leases.of(client).map(Lease::address).flatMap(AddressPool::four),
            wish)
        .flatMap(Optional::stream)
        .filter(address -> mayHave(client, address, now))
        .findFirst()
        .or(() -> neverUsed(client))
        .or(() -> unusedForLongest(client, now));
  }

  /** Keeps an address for a client while its lease is written. */
  public void hold(Ipv4Address address, ClientId client, Instant now) {
    offers.hold(address, client, now);
  }

  /** Forgets what a client was offered. */
  public void withdraw(ClientId client) {
    offers.withdraw(client);
  }

  /** Whether this client may use this address: no other does, and nothing else is reserved. */
  public boolean mayHave(ClientId client, Ipv4Address address, Instant now) {
    Optional<Ipv4Address> reserved = reserved(client, now);
    return reserved.isPresent()
        ? reserved.get().equals(address)
        : range.filter(pool -> pool.contains(address)).isPresent()
            && !kept.contains(address)
            && freeFor(client, address, now);
  }

  /** The address reserved for this client, unless another uses it now. */
  private Optional<Ipv4Address> reserved(ClientId client, Instant now) {
    return reservation(client)
        .map(Reservation::address)
        .filter(address -> freeFor(client, address, now));
  }

  /** Whether neither a lease nor an offer gives this address to another client. */
  public boolean freeFor(ClientId client, Ipv4Address address, Instant now) {
    offers.expire(now);
    boolean leasedToOther =
        leases
            .on(address)
            .filter(lease -> lease.holdsAt(now) && !lease.belongsTo(client))
            .isPresent();
    return !leasedToOther
        && offers.holder(address).filter(other -> !other.equals(client)).isEmpty();
  }

  /** Whether another client had this address last, or it was declined: somebody may use it. */
  public boolean wasOthers(ClientId client, Ipv4Address address) {
    return leases.on(address).filter(lease -> !lease.belongsTo(client)).isPresent();
  }

  /** A client tends to the same place, so that it gets its address back even without its lease. */
  private Optional<Ipv4Address> neverUsed(ClientId client) {
    return range.flatMap(
        pool -> {
          int start = Math.floorMod(client.text().hashCode() * 0x9E3779B1, pool.size());
          int place = used.nextClearBit(start);
          int found = place < pool.size() ? place : used.nextClearBit(0);
          return found < pool.size() ? Optional.of(pool.at(found)) : Optional.empty();
        });
  }

  private Optional<Ipv4Address> unusedForLongest(ClientId client, Instant now) {
    // One look instead of one for each address, where many ask for what is not there.
    return free == 0
        ? Optional.empty()
        : leases
            .endedAt(now)
            .map(Lease::address)
            .flatMap(address -> four(address).stream())
            .filter(address -> mayHave(client, address, now))
            .findFirst();
  }

  private void expire(Instant now) {
    offers.expire(now);
    leases.expire(now);
  }

  /** How full it is. */
  public PoolUse use(Instant now) {
    expire(now);
    return new PoolUse(range.map(Ipv4Range::size).orElse(0), free);
  }

  /**
   * How many addresses machines may decline at one time: a share, so that nobody can close all of
   * them (RFC 2131 §4.3.3 has no bound).
   */
  public int mostDeclined() {
    return mostDeclinedOf(range.map(Ipv4Range::size).orElse(0) + reservations.byClient().size());
  }

  /** The same of so many addresses. */
  public static int mostDeclinedOf(int addresses) {
    return Math.max(1, addresses / DECLINED_OF);
  }

  /**
   * What has to be given back so that so many declined addresses are left, what would be free
   * soonest first.
   */
  public List<Lease> declinedBeyond(int most, Instant now) {
    List<Lease> declined = leases.declinedAt(now);
    return declined.subList(0, Math.max(0, declined.size() - Math.max(0, most)));
  }

  /** Takes in what the durable record says of an address. */
  public void learn(Lease lease) {
    offers.holder(lease.address()).ifPresent(offers::withdraw);
    leases.put(lease);
  }

  public Optional<Lease> leaseOf(ClientId client) {
    return leases.of(client);
  }

  /** Whether it is said here which address this client has. */
  public boolean knows(ClientId client) {
    return reservation(client).isPresent() || leases.of(client).isPresent();
  }

  /** Whether this client holds this address, or was just offered it. */
  public boolean isGivenTo(ClientId client, Ipv4Address address, Instant now) {
    offers.expire(now);
    return offers.of(client).filter(address::equals).isPresent()
        || isLeasedTo(client, address, now);
  }

  /** Whether this client was confirmed this address, and may use it now. */
  public boolean isLeasedTo(ClientId client, Ipv4Address address, Instant now) {
    return leases
        .on(address)
        .filter(lease -> lease.belongsTo(client) && lease.holdsAt(now))
        .isPresent();
  }

  /** Whose card uses an address at this time. On any thread. */
  public Optional<MacAddress> resolve(IpAddress address, Instant now) {
    return leases
        .on(address)
        .filter(lease -> lease.state() == Lease.State.BOUND && lease.holdsAt(now))
        .flatMap(lease -> lease.client().card());
  }

  private static Optional<Ipv4Address> four(IpAddress address) {
    return address instanceof Ipv4Address four ? Optional.of(four) : Optional.empty();
  }

  private void noteUse(IpAddress changed) {
    if (changed instanceof Ipv4Address address
        && range.filter(pool -> pool.contains(address)).isPresent()) {
      int place = range.get().indexOf(address);
      boolean given = kept.contains(address) || offers.holder(address).isPresent();
      used.set(place, given || leases.on(address).isPresent());
      boolean now = given || leases.holds(address);
      free += (taken.get(place) ? 1 : 0) - (now ? 1 : 0);
      taken.set(place, now);
    }
  }
}
