package dev.kiln.bootserver.lease;

import dev.kiln.bootserver.net.Ipv4Address;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What certain machines always get; no address is for two of them. */
public record Reservations(Map<ClientId, Reservation> byClient) {
  public static final Reservations NONE = new Reservations(Map.of());

  public Reservations {
    byClient = Map.copyOf(byClient);
    Map<Ipv4Address, ClientId> owners = new HashMap<>();
    byClient.forEach(
        (client, reservation) -> {
          ClientId other = owners.putIfAbsent(reservation.address(), client);
          if (other != null) {
            throw new IllegalArgumentException(
                reservation.address() + " is reserved for " + other + " and for " + client);
          }
        });
  }

  public Optional<Reservation> of(ClientId client) {
    return Optional.ofNullable(byClient.get(client));
  }
}
