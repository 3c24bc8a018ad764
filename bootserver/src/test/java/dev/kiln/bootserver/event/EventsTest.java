package dev.kiln.bootserver.event;

import dev.kiln.bootserver.net.MacAddress;
import java.util.function.Function;

/** The events that tests wait for behave as those of a server do. */
class EventsTest extends EventsContract {
  @Override
  protected Servers start(Function<MacAddress, Standing> standings) {
    Events events = new Events(standings);
    return new Servers(events, events, events);
  }
}
