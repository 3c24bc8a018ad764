package dev.kiln.bootserver.store.sqlite;

import dev.kiln.failure.KilnException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection to a file, and its prepared statements; used by one thread at a time. */
final class Session implements AutoCloseable {
  private final StateFile file;
  private final Connection connection;
  private final InstantSource clock;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  /**
   * Starts.
   *
   * @param clock the one clock of everything that is written
   */
  Session(StateFile file, Connection connection, InstantSource clock) {
    this.file = file;
    this.connection = connection;
    this.clock = clock;
  }

  /** The time, in whole milliseconds as it is stored. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Makes a value of the current row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs a statement that changes rows, and returns how many. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    return bind(sql, values).executeUpdate();
  }

  <T> List<T> query(Row<T> row, String sql, @Nullable Object... values) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (ResultSet results = bind(sql, values).executeQuery()) {
      while (results.next()) {
        rows.add(row.read(results));
      }
    }
    return rows;
  }

  /** With the time, so that a clock that is set back later does not take it back. */
  void commit() throws SQLException {
    update("UPDATE clock SET latest = max(latest, ?)", now().toEpochMilli());
    connection.commit();
  }

  /** What a failure of this file is in words. */
  KilnException trouble(SQLException failure) {
    return StateTrouble.of(file, failure);
  }

  private PreparedStatement bind(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    statement.clearParameters();
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    connection.close();
  }
}
