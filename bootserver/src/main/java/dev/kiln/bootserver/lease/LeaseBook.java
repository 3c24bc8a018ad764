package dev.kiln.bootserver.lease;

import dev.kiln.bootserver.net.IpAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the server remembers of the durable leases, to choose addresses without asking for them. */
final class LeaseBook {
  // Read by other threads too, see MacResolver; everything else is the event loop's.
  private final Map<IpAddress, Lease> byAddress = new ConcurrentHashMap<>();
  private final Map<ClientId, Lease> byClient = new HashMap<>();
  // Each lease is in one of these: those that hold, and those that ended.
  private final NavigableSet<Lease> holding = byEnd();
  private final NavigableSet<Lease> ended = byEnd();
  // Those of them that hold because a machine declined the address.
  private final NavigableSet<Lease> declined = byEnd();
  private final Consumer<IpAddress> changed;

  /**
   * Starts empty.
   *
   * @param changed is told each address that became leased or free
   */
  LeaseBook(Consumer<IpAddress> changed) {
    this.changed = changed;
  }

  private static NavigableSet<Lease> byEnd() {
    return new TreeSet<>(
        Comparator.comparing(Lease::until).thenComparing(lease -> lease.address().toString()));
  }

  /** Takes a lease in; the one on its address and, if it is bound, its client's other one go. */
  void put(Lease lease) {
    Lease before = byAddress.get(lease.address());
    if (before != null) {
      remove(before);
    }
    if (lease.state() == Lease.State.BOUND) {
      Lease other = byClient.put(lease.client(), lease);
      if (other != null) {
        remove(other);
      }
    }
    byAddress.put(lease.address(), lease);
    holding.add(lease);
    if (lease.state() == Lease.State.DECLINED) {
      declined.add(lease);
    }
    changed.accept(lease.address());
  }

  private void remove(Lease lease) {
    byAddress.remove(lease.address());
    byClient.remove(lease.client(), lease);
    holding.remove(lease);
    ended.remove(lease);
    declined.remove(lease);
    changed.accept(lease.address());
  }

  /** The lease of a client, also one that ended. */
  Optional<Lease> of(ClientId client) {
    return Optional.ofNullable(byClient.get(client));
  }

  Optional<Lease> on(IpAddress address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  /** Whether the address was kept for somebody when {@link #expire} was called last. */
  boolean holds(IpAddress address) {
    Lease lease = byAddress.get(address);
    return lease != null && holding.contains(lease);
  }

  /** Tells leases that ended from those that hold. */
  void expire(Instant now) {
    while (!holding.isEmpty() && !holding.first().holdsAt(now)) {
      Lease over = holding.first();
      holding.remove(over);
      declined.remove(over);
      ended.add(over);
      changed.accept(over.address());
    }
  }

  /** The leases that ended, longest ago first. */
  Stream<Lease> endedAt(Instant now) {
    expire(now);
    return ended.stream();
  }

  /** What machines declined and is kept from all, what is free again soonest first. */
  List<Lease> declinedAt(Instant now) {
    expire(now);
    return List.copyOf(declined);
  }
}
