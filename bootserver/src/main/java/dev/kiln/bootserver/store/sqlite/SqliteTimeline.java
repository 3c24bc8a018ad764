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
import java.util.concurrent.CompletionStage;

/** Events read from the state file. */
public final class SqliteTimeline implements Timeline {
  static final String SELECT =
      "SELECT number, boot, mac, at, step, fields, claimed, times, last FROM event";

  private final Reads reads;

  /** Reads on another thread. */
  interface Reads {
    <T> CompletionStage<T> read(Write.Work<T> work);
  }

  SqliteTimeline(Reads reads) {
    this.reads = reads;
  }

  /** Reads behind all that was written so far. */
  public SqliteTimeline(Database database) {
    this(database.records()::submit);
  }

  @Override
  public CompletionStage<List<StoredEvent>> read(
      Collection<MacAddress> macs, long after, int limit) {
    List<MacAddress> cards = List.copyOf(macs);
    return reads.read(session -> read(session, cards, after, limit));
  }

  private static List<StoredEvent> read(
      Session session, List<MacAddress> cards, long after, int limit) throws SQLException {
    List<StoredEvent> events = new ArrayList<>();
    for (MacAddress mac : cards) {
      events.addAll(
          session.query(
              SqliteTimeline::event,
              SELECT + " WHERE mac = ? AND number > ? ORDER BY number LIMIT ?",
              mac.bits(),
              after,
              limit));
    }
    return events.stream()
        .sorted(Comparator.comparingLong(StoredEvent::number))
        .limit(limit)
        .toList();
  }

  static StoredEvent event(ResultSet row) throws SQLException {
    long card = row.getLong(3);
    Event event =
        new Event(
            Instant.ofEpochMilli(row.getLong(4)),
            card == WriteEvents.NOBODY ? Optional.empty() : Optional.of(new MacAddress(card)),
            step(row.getString(5)),
            ValuesColumn.read(row.getString(6)),
            row.getInt(7) != 0);
    return new StoredEvent(
        row.getLong(1),
        row.getLong(2),
        event,
        row.getLong(8),
        Instant.ofEpochMilli(row.getLong(9)));
  }

  private static Step step(String label) throws SQLException {
    return Step.named(label)
        .orElseThrow(() -> new SQLException("no event is called '" + label + "'"));
  }
}
