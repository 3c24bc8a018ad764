package dev.kiln.bootserver.store;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.net.MacAddress;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events in the state file. Each card keeps its newest {@value #PER_CARD} events, so that none can
 * push out another's; all together keep {@value #IN_ALL}.
 */
public final class SqliteEventLog implements EventLog {
  static final int PER_CARD = 2_000;
  static final int IN_ALL = 500_000;

  private static final int PRUNE_EVERY = 256;

  private final Database database;
  private final AtomicLong dropped = new AtomicLong();

  public SqliteEventLog(Database database) {
    this.database = database;
  }

  @Override
  public void record(Event event) {
    if (database.busy()) {
      dropped.incrementAndGet();
      return;
    }
    database
        .submit(session -> insert(session, event))
        .whenComplete(
            (number, failure) -> {
              if (failure != null) {
                dropped.incrementAndGet();
              }
            });
  }

  /** Events that were not recorded, since this process started. */
  public long dropped() {
    return dropped.get();
  }

  private static long insert(Session session, Event event) throws SQLException {
    Optional<Long> mac = event.mac().map(MacAddress::bits);
    session.update(
        "INSERT INTO event (at, mac, step, detail, claimed) VALUES (?, ?, ?, ?, ?)",
        event.at().toEpochMilli(),
        mac.orElse(null),
        event.step(),
        event.detail(),
        event.claimed() ? 1 : 0);
    long number = session.query(row -> row.getLong(1), "SELECT last_insert_rowid()").get(0);
    if (event.mac().isPresent()) {
      SqliteMachineRegistry.touch(session, event.mac().get(), event.at());
    }
    if (number % PRUNE_EVERY == 0) {
      prune(session, number);
    }
    return number;
  }

  private static void prune(Session session, long newest) throws SQLException {
    session.update("DELETE FROM event WHERE number <= ?", newest - IN_ALL);
    session.update(
        """
        DELETE FROM event WHERE number IN (
          SELECT number FROM (
            SELECT number, row_number() OVER (PARTITION BY mac ORDER BY number DESC) AS place
            FROM event
            WHERE mac IN (SELECT DISTINCT mac FROM event WHERE number > ?))
          WHERE place > ?)
        """,
        newest - PRUNE_EVERY,
        PER_CARD);
    SqliteMachineRegistry.prune(session);
  }
}
