package dev.kiln.bootserver.event;

import dev.kiln.bootserver.net.MacAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads what was recorded. Calls return at once, on any thread. */
@FunctionalInterface
public interface Timeline {
  /**
   * A page of the events of these cards, oldest first. The stage fails with a {@link
   * dev.kiln.failure.KilnException} where the record cannot be read.
   *
   * @param after the number of the last event already read, or 0
   * @param limit at most so many are returned: the first ones after {@code after}
   */
  CompletionStage<List<StoredEvent>> read(Collection<MacAddress> macs, long after, int limit);
}
