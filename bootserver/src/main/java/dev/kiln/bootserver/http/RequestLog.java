package dev.kiln.bootserver.http;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.bootserver.net.MacResolver;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Requests as events of a machine's timeline. A request that does not say whose it is is booked to
 * the card that has its address, and says so.
 */
public final class RequestLog {
  private static final int REMEMBERED = 1_000;

  private final EventLog events;
  private final MacResolver addresses;
  private final InstantSource clock;
  private final Map<MacAddress, Map<String, String>> told = new Recent();

  public RequestLog(EventLog events, MacResolver addresses, InstantSource clock) {
    this.events = events;
    this.addresses = addresses;
    this.clock = clock;
  }

  InstantSource clock() {
    return clock;
  }

  /** The request named this card itself. */
  void of(MacAddress mac, String step, String detail) {
    synchronized (told) {
      told.remove(mac);
    }
    events.record(Event.seen(clock.instant(), mac, step, detail));
  }

  /**
   * The same, once: a machine that waits asks every few seconds, and is told the same each time.
   */
  void once(MacAddress mac, String step, String detail) {
    if (isNews(mac, step, detail)) {
      events.record(Event.seen(clock.instant(), mac, step, detail));
    }
  }

  /** The same, of what somebody says in the machine's name. */
  void onceClaimed(MacAddress mac, String step, String detail) {
    if (isNews(mac, step, detail)) {
      claimed(mac, step, detail);
    }
  }

  private boolean isNews(MacAddress mac, String step, String detail) {
    synchronized (told) {
      Map<String, String> steps = told.computeIfAbsent(mac, key -> new HashMap<>());
      return !detail.equals(steps.put(step, detail));
    }
  }

  /** The request named nobody. */
  void by(RoutingContext context, String step, String detail) {
    byAddress(context)
        .ifPresent(
            mac -> events.record(Event.seen(clock.instant(), mac, step, detail + ", by address")));
  }

  /** The same, once. */
  void onceBy(RoutingContext context, String step, String detail) {
    byAddress(context).ifPresent(mac -> once(mac, step, detail + ", by address"));
  }

  /** A machine says this of itself. */
  void claimed(MacAddress mac, String step, String detail) {
    events.record(new Event(clock.instant(), Optional.of(mac), step, detail, true));
  }

  private Optional<MacAddress> byAddress(RoutingContext context) {
    SocketAddress remote = context.request().remoteAddress();
    return remote == null || remote.hostAddress() == null
        ? Optional.empty()
        : addresses.resolve(IpAddress.parse(remote.hostAddress()));
  }

  private static final class Recent extends LinkedHashMap<MacAddress, Map<String, String>> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<MacAddress, Map<String, String>> eldest) {
      return size() > REMEMBERED;
    }
  }
}
