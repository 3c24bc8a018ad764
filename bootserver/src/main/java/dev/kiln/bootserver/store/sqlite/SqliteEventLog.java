package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.net.MacAddress;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events in the file of records, written in bulk. Each card keeps its newest {@value
 * PruneEvents#PER_CARD} events, so that none can push out another's; all together keep {@value
 * PruneEvents#IN_ALL}.
 */
public final class SqliteEventLog implements EventLog {
  private final WriterThread writer;
  private final Bulk<Event> events;
  // The writer's thread alone has these two.
  private final PruneEvents old = new PruneEvents();
  private boolean pruning;

  public SqliteEventLog(Database database) {
    this.writer = database.records();
    this.events = new Bulk<>(writer, this::write);
  }

  @Override
  public void record(Event event) {
    events.add(event);
  }

  /** Events that were not recorded, since this process started. */
  public long dropped() {
    return events.dropped();
  }

  private void write(Session session, List<Event> batch) throws SQLException {
    Map<MacAddress, Instant> seen = new LinkedHashMap<>();
    for (Event event : batch) {
      insert(session, event);
      event.mac().ifPresent(mac -> seen.merge(mac, event.at(), SqliteEventLog::later));
    }
    for (Map.Entry<MacAddress, Instant> card : seen.entrySet()) {
      SqliteMachineRegistry.touch(session, card.getKey(), card.getValue());
    }
    SqliteMachineRegistry.prune(session);
    old.count(batch);
    if (old.due() && !pruning) {
      pruning = true;
      prune();
    }
  }

  private static void insert(Session session, Event event) throws SQLException {
    session.update(
        "INSERT INTO event (at, mac, step, fields, claimed) VALUES (?, ?, ?, ?, ?)",
        event.at().toEpochMilli(),
        event.mac().map(MacAddress::bits).orElse(null),
        event.step().label(),
        ValuesColumn.write(event.values()),
        event.claimed() ? 1 : 0);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** A step, and the next one behind what came meanwhile. */
  private void prune() {
    writer
        .submit(old::step)
        .whenComplete(
            (more, failure) -> {
              if (failure == null && more) {
                prune();
              } else {
                pruning = false;
              }
            });
  }
}
