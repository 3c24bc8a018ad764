package dev.kiln.bootserver.event;

import dev.kiln.bootserver.net.MacAddress;
import java.util.Collection;
import java.util.List;

/** Reads what was recorded. May block. */
public interface Timeline {
  /**
   * Events of any of these cards, oldest first.
   *
   * @param after the number of the last event already read, or 0
   * @param limit at most so many are returned: the first ones after {@code after}
   */
  List<StoredEvent> read(Collection<MacAddress> macs, long after, int limit);
}
