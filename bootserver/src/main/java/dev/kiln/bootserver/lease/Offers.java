package dev.kiln.bootserver.lease;

import dev.kiln.bootserver.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Addresses that were offered and not yet asked for. Each is kept for one machine for a while, so
 * that two machines that start together are never offered the same one. Not durable: a machine
 * whose offer is forgotten asks again.
 */
final class Offers {
  /** Firmware collects offers for up to some ten seconds, then asks for one of them. */
  private static final Duration HOLD = Duration.ofSeconds(60);

  /** One address kept for one machine. */
  private record Offer(ClientId client, Instant until) {}

  // All are held equally long: the first that was put in is the first to end.
  private final Map<IpAddress, Offer> byAddress = new LinkedHashMap<>();
  private final Map<ClientId, IpAddress> byClient = new HashMap<>();
  private final Consumer<IpAddress> changed;

  /**
   * Starts empty.
   *
   * @param changed is told each address that became held or free
   */
  Offers(Consumer<IpAddress> changed) {
    this.changed = changed;
  }

  /** Keeps an address for a machine from now on, instead of the one it was offered before. */
  void hold(IpAddress address, ClientId client, Instant now) {
    withdraw(client);
    byAddress.put(address, new Offer(client, now.plus(HOLD)));
    byClient.put(client, address);
    changed.accept(address);
  }

  /** Forgets what a machine was offered. */
  void withdraw(ClientId client) {
    IpAddress address = byClient.remove(client);
    if (address != null) {
      byAddress.remove(address);
      changed.accept(address);
    }
  }

  /** Forgets the offers whose time is over. */
  void expire(Instant now) {
    Iterator<Map.Entry<IpAddress, Offer>> oldest = byAddress.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<IpAddress, Offer> offer = oldest.next();
      if (now.isBefore(offer.getValue().until())) {
        return;
      }
      oldest.remove();
      byClient.remove(offer.getValue().client());
      changed.accept(offer.getKey());
    }
  }

  Optional<IpAddress> of(ClientId client) {
    return Optional.ofNullable(byClient.get(client));
  }

  Optional<ClientId> holder(IpAddress address) {
    return Optional.ofNullable(byAddress.get(address)).map(Offer::client);
  }
}
