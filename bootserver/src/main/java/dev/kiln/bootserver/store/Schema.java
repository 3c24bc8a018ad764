package dev.kiln.bootserver.store;

import dev.kiln.failure.KilnException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables, as steps from an empty file to today's; {@code user_version} counts the steps done.
 * Addresses are their bits, times are milliseconds since 1970.
 */
final class Schema {
  static final List<List<String>> STEPS =
      List.of(
          List.of(
              """
              CREATE TABLE lease (
                address INTEGER PRIMARY KEY,
                mac INTEGER NOT NULL,
                state TEXT NOT NULL,
                until INTEGER NOT NULL)
              """,
              "CREATE INDEX lease_by_mac ON lease (mac)",
              """
              CREATE TABLE machine (
                mac INTEGER PRIMARY KEY,
                uuid TEXT,
                serial TEXT,
                first_seen INTEGER NOT NULL,
                last_seen INTEGER NOT NULL)
              """,
              "CREATE INDEX machine_by_last_seen ON machine (last_seen)",
              """
              CREATE TABLE event (
                number INTEGER PRIMARY KEY AUTOINCREMENT,
                at INTEGER NOT NULL,
                mac INTEGER,
                step TEXT NOT NULL,
                detail TEXT NOT NULL,
                claimed INTEGER NOT NULL)
              """,
              "CREATE INDEX event_by_mac ON event (mac, number)"),
          List.of(
              // A lease has a subnet, a client of any kind and an address of either family.
              "DROP INDEX lease_by_mac",
              "ALTER TABLE lease RENAME TO lease_of_one_subnet",
              """
              CREATE TABLE lease (
                subnet TEXT NOT NULL,
                address BLOB NOT NULL,
                client TEXT NOT NULL,
                state TEXT NOT NULL,
                until INTEGER NOT NULL,
                PRIMARY KEY (subnet, address)) WITHOUT ROWID
              """,
              "CREATE INDEX lease_by_client ON lease (subnet, client)",
              // Which network it was knows who asks for it first: SqliteLeases.list.
              """
              INSERT INTO lease
                SELECT '', unhex(printf('%08X', address & 0xffffffff)),
                  'mac:' || substr(hex, 1, 2) || ':' || substr(hex, 3, 2) || ':'
                    || substr(hex, 5, 2) || ':' || substr(hex, 7, 2) || ':'
                    || substr(hex, 9, 2) || ':' || substr(hex, 11, 2),
                  state, until
                FROM (SELECT *, printf('%012x', mac) AS hex FROM lease_of_one_subnet)
              """,
              "DROP TABLE lease_of_one_subnet",
              "CREATE TABLE clock (latest INTEGER NOT NULL)",
              "INSERT INTO clock SELECT coalesce(max(at), 0) FROM event"));

  private static final Set<String> TABLES = Set.of("lease", "machine", "event");

  private Schema() {}

  /**
   * Brings a file to today's tables, one step a transaction; a newer file is refused, and one that
   * another program made.
   */
  static void migrate(Connection connection) throws SQLException {
    int version = version(connection);
    if (version > STEPS.size()) {
      throw KilnException.input(
          "the state was written by a newer boot server (format "
              + version
              + "; this one knows "
              + STEPS.size()
              + ")",
          "Start the newer one, or use another state directory");
    }
    Set<String> tables = tables(connection);
    if (version == 0 ? !tables.isEmpty() : !tables.containsAll(TABLES)) {
      throw KilnException.input(
          "the file of the state holds other tables, and is no boot server's",
          "Use a state directory that is the boot server's alone");
    }
    for (int step = version; step < STEPS.size(); step++) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : STEPS.get(step)) {
          statement.executeUpdate(sql);
        }
        statement.executeUpdate("PRAGMA user_version = " + (step + 1));
      }
      connection.commit();
    }
  }

  private static Set<String> tables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
                    + " AND name NOT LIKE 'sqlite~_%' ESCAPE '~'")) {
      Set<String> names = new HashSet<>();
      while (result.next()) {
        names.add(result.getString(1));
      }
      return names;
    }
  }

  /** The last time that was stored. */
  static Instant latest(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT latest FROM clock")) {
      return result.next() ? Instant.ofEpochMilli(result.getLong(1)) : Instant.EPOCH;
    }
  }

  /** The format of a file; today's is {@link #today()}. */
  static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      return result.getInt(1);
    }
  }

  static int today() {
    return STEPS.size();
  }
}
