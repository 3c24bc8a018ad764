package dev.kiln.bootserver.http;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.Values;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.bootserver.net.MacResolver;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Requests as events of a machine's timeline. A request that does not say whose it is is booked to
 * the card that has its address, and says so.
 */
public final class RequestLog {
  private final EventLog events;
  private final MacResolver addresses;
  private final InstantSource clock;

  public RequestLog(EventLog events, MacResolver addresses, InstantSource clock) {
    this.events = events;
    this.addresses = addresses;
    this.clock = clock;
  }

  InstantSource clock() {
    return clock;
  }

  /** The request named this card itself. */
  void of(MacAddress mac, Step step, Values values) {
    events.record(Event.seen(clock.instant(), mac, step, values));
  }

  /** The request named nobody. */
  void by(RoutingContext context, Step step, Values values) {
    byAddress(context).ifPresent(mac -> of(mac, step, values.and(Field.BY, "address")));
  }

  /** Somebody says this in the name of a card. */
  void claimed(MacAddress mac, Step step, Values values) {
    events.record(Event.claimed(clock.instant(), mac, step, values));
  }

  private Optional<MacAddress> byAddress(RoutingContext context) {
    SocketAddress remote = context.request().remoteAddress();
    return remote == null || remote.hostAddress() == null
        ? Optional.empty()
        : addresses.resolve(IpAddress.parse(remote.hostAddress()));
  }
}
