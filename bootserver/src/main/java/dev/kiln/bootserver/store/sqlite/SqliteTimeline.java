package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.StoredEvent;
import dev.kiln.bootserver.event.Timeline;
import dev.kiln.bootserver.net.MacAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Events read from the state file. */
final class SqliteTimeline implements Timeline {
  private final Session session;

  SqliteTimeline(Session session) {
    this.session = session;
  }

  @Override
  public List<StoredEvent> read(Collection<MacAddress> macs, long after, int limit) {
    List<StoredEvent> events = new ArrayList<>();
    try {
      for (MacAddress mac : macs) {
        events.addAll(
            session.query(
                SqliteTimeline::event,
                "SELECT number, at, mac, step, fields, claimed FROM event"
                    + " WHERE mac = ? AND number > ? ORDER BY number LIMIT ?",
                mac.bits(),
                after,
                limit));
      }
    } catch (SQLException e) {
      throw session.trouble(e);
    }
    return events.stream()
        .sorted(Comparator.comparingLong(StoredEvent::number))
        .limit(limit)
        .toList();
  }

  private static Step step(String label) throws SQLException {
    return Step.named(label)
        .orElseThrow(() -> new SQLException("no event is called '" + label + "'"));
  }

  private static StoredEvent event(ResultSet row) throws SQLException {
    return new StoredEvent(
        row.getLong(1),
        new Event(
            Instant.ofEpochMilli(row.getLong(2)),
            Optional.of(new MacAddress(row.getLong(3))),
            step(row.getString(4)),
            ValuesColumn.read(row.getString(5)),
            row.getInt(6) != 0));
  }
}
