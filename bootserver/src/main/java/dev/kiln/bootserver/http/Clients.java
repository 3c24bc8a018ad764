package dev.kiln.bootserver.http;

import dev.kiln.bootserver.admission.Budgets;
import dev.kiln.bootserver.admission.ServedNetworks;
import dev.kiln.bootserver.admission.Slots;
import dev.kiln.bootserver.health.Breakdown;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.MacAddress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who is connected: how many connections there are, and how often each address may ask. */
final class Clients {
  /** Connections that are there only to be told to come again. */
  private static final Slots.Limits TURNED_AWAY = new Slots.Limits(512, 256, 16);

  private final Vertx vertx;
  private final HttpLimits limits;
  private final Slots places;
  private final Slots door;
  private final Budgets requests;
  private final Budgets reports;
  private final Map<HttpConnection, Client> clients = new ConcurrentHashMap<>();

  Clients(Vertx vertx, ServedNetworks served, HttpLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
    this.places = new Slots(limits.connections(), served);
    this.door = new Slots(TURNED_AWAY, served);
    this.requests = new Budgets(limits.requests());
    this.reports = new Budgets(limits.reports());
  }

  /** A connection was opened; it is closed at once where not even a refusal has a place. */
  void connected(HttpConnection connection) {
    Optional<Client.Arrival> arrival = arrival(connection.remoteAddress());
    if (arrival.isEmpty()) {
      connection.close();
      return;
    }
    connection.exceptionHandler(Breakdown::reportIfError);
    IdleConnection.closeAfter(limits.idle(), connection);
    Client client = new Client(vertx, connection, arrival.get(), limits);
    clients.put(connection, client);
    connection.closeHandler(
        closed -> {
          clients.remove(connection);
          client.gone();
        });
  }

  private Optional<Client.Arrival> arrival(@Nullable SocketAddress from) {
    if (from == null || from.hostAddress() == null) {
      // It was gone before it was looked at.
      return Optional.empty();
    }
    IpAddress sender = IpAddress.parse(from.hostAddress());
    return places
        .take(sender)
        .map(place -> new Client.Arrival(sender, place, true))
        .or(() -> door.take(sender).map(place -> new Client.Arrival(sender, place, false)));
  }

  /** Who asks; empty where the connection is already gone. */
  Optional<Client> of(HttpServerRequest request) {
    return Optional.ofNullable(clients.get(request.connection()));
  }

  /** Whether one more request of this client is answered. */
  boolean admits(Client client) {
    return client.isWelcome() && requests.take(client.sender());
  }

  /**
   * Whether one more report of a card is taken.
   *
   * @param own whether the sender has the card's address: then nobody else can use up what it may
   *     say
   */
  boolean admitsReport(IpAddress sender, MacAddress card, boolean own) {
    return own ? reports.take(sender) : reports.take(sender, card);
  }

  /** Connections that have a place. */
  int count() {
    return places.taken();
  }
}
