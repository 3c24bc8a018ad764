package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.net.MacAddress;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Forgets old events: of a card that had many since it was looked at, and of all. Each step looks
 * into an index and removes at most {@value #STEP} events a sort. The writer's thread alone uses
 * it.
 */
final class PruneEvents {
  static final int PER_CARD = 2_000;
  static final int IN_ALL = 500_000;

  /** So many may be kept beyond the bounds, until it is looked again. */
  static final int EVERY = 256;

  static final int STEP = 1_000;

  /** A stretch of the oldest numbers, of those that are no longer kept. */
  static final String OF_ALL =
      "DELETE FROM event WHERE number <= min("
          + "(SELECT max(number) FROM event) - ?, (SELECT min(number) FROM event) + ?)";

  /** The oldest of a card, of those that are no longer kept. */
  static final String OF_A_CARD =
      "DELETE FROM event WHERE number IN (SELECT number FROM event WHERE mac = ?1 AND number <= ("
          + "SELECT number FROM event WHERE mac = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)"
          + " ORDER BY number LIMIT ?3)";

  private final Map<Long, Integer> sinceLooked = new Recent();
  private final Set<Long> due = new LinkedHashSet<>();
  private int written;

  /** Notes what was written. */
  void count(List<Event> batch) {
    for (Event event : batch) {
      event.mac().ifPresent(this::count);
    }
    written += batch.size();
  }

  /** Whether it is time for a step. */
  boolean due() {
    return written >= EVERY || !due.isEmpty();
  }

  private void count(MacAddress mac) {
    if (sinceLooked.merge(mac.bits(), 1, Integer::sum) >= EVERY) {
      sinceLooked.remove(mac.bits());
      due.add(mac.bits());
    }
  }

  /** Returns whether there is more to do. */
  boolean step(Session session) throws SQLException {
    written = 0;
    int removed = session.update(OF_ALL, IN_ALL, STEP - 1);
    Optional<Long> card = due.stream().findFirst();
    if (card.isPresent() && session.update(OF_A_CARD, card.get(), PER_CARD, STEP) < STEP) {
      due.remove(card.get());
    }
    return removed > 0 || !due.isEmpty();
  }

  /** Forgets the card that had no event for longest. */
  private static final class Recent extends LinkedHashMap<Long, Integer> {
    private static final long serialVersionUID = 1L;

    private Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
      return size() > SqliteMachineRegistry.MOST;
    }
  }
}
