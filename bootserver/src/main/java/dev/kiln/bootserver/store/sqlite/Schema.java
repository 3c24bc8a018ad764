package dev.kiln.bootserver.store.sqlite;

import dev.kiln.failure.KilnException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables of a file, as steps from an empty one to today's; {@code user_version} counts the
 * steps done. Addresses are their bits, times are milliseconds since 1970.
 *
 * @param tables by which a file is known
 * @param whenLost what follows where the file is lost, for a person
 */
record Schema(Set<String> tables, String whenLost, List<List<String>> steps) {
  /** Who has which address. */
  static final Schema LEASES =
      new Schema(
          Set.of("lease", "clock"),
          "all leases are then forgotten. Machines get theirs again as they ask; until then an"
              + " address that one uses may be offered to another",
          List.of(
              List.of(
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
                  "CREATE TABLE clock (latest INTEGER NOT NULL)",
                  "INSERT INTO clock VALUES (0)")));

  /** Seen cards and events; before format 3 also the leases. */
  static final Schema RECORDS =
      new Schema(
          Set.of("machine", "event"),
          "timelines and seen cards are then forgotten, and nothing that a machine needs",
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
                  "INSERT INTO clock SELECT coalesce(max(at), 0) FROM event"),
              // They have a file of their own, and are there by now: MoveLeases.
              List.of("DROP TABLE lease"),
              List.of(
                  // Events have fields and boots. What was one text is one of the fields; all that
                  // was there of a card is one boot, which whatever boots next ends.
                  "DROP INDEX event_by_mac",
                  "ALTER TABLE event RENAME TO event_of_texts",
                  """
                  CREATE TABLE event (
                    number INTEGER PRIMARY KEY AUTOINCREMENT,
                    mac INTEGER NOT NULL,
                    boot INTEGER NOT NULL,
                    at INTEGER NOT NULL,
                    step TEXT NOT NULL,
                    fields TEXT NOT NULL,
                    claimed INTEGER NOT NULL,
                    times INTEGER NOT NULL,
                    last INTEGER NOT NULL)
                  """,
                  """
                  CREATE TABLE boot (
                    mac INTEGER NOT NULL,
                    number INTEGER NOT NULL,
                    begun INTEGER NOT NULL,
                    stage TEXT NOT NULL,
                    standing TEXT NOT NULL,
                    PRIMARY KEY (mac, number)) WITHOUT ROWID
                  """,
                  """
                  INSERT INTO boot
                    SELECT coalesce(mac, -1), min(number), min(at), 'SYSTEM', 'NAMED'
                    FROM event_of_texts GROUP BY mac
                  """,
                  """
                  INSERT INTO event
                    SELECT event_of_texts.number, boot.mac, boot.number, at, step,
                      json_object('text', detail), claimed, 1, at
                    FROM event_of_texts JOIN boot ON boot.mac = coalesce(event_of_texts.mac, -1)
                  """,
                  "DROP TABLE event_of_texts",
                  "CREATE INDEX event_by_mac ON event (mac, number)",
                  "CREATE INDEX event_by_step ON event (mac, step, number)",
                  "CREATE INDEX boot_by_standing ON boot (standing, number)",
                  // Cards that are some machine's are not pushed out by strangers.
                  "ALTER TABLE machine ADD COLUMN known INTEGER NOT NULL DEFAULT 0",
                  "DROP INDEX machine_by_last_seen",
                  "CREATE INDEX machine_by_last_seen ON machine (known, last_seen)")));

  /** The last format in which leases stand among the records. */
  static final int WITH_LEASES = 2;

  /**
   * Brings a file to today's tables, one step a transaction; a newer file is refused, and one that
   * another program made.
   */
  void migrate(Path file, Connection connection) throws SQLException {
    migrate(file, connection, today());
  }

  /** The same, to the tables of a format before today's. */
  void migrate(Path file, Connection connection, int format) throws SQLException {
    int version = version(connection);
    if (version > today()) {
      throw KilnException.input(
          "the state in "
              + file
              + " was written by a newer boot server (format "
              + version
              + "; this one knows "
              + today()
              + ")",
          "Start the newer one, or use another state directory");
    }
    Set<String> found = tablesOf(connection);
    if (version == 0 ? !found.isEmpty() : !found.containsAll(tables)) {
      throw KilnException.input(
          file + " holds other tables, and is no boot server's",
          "Use a state directory that is the boot server's alone");
    }
    for (int step = version; step < format; step++) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : steps.get(step)) {
          statement.executeUpdate(sql);
        }
        statement.executeUpdate("PRAGMA user_version = " + (step + 1));
      }
      connection.commit();
    }
    connection.commit();
  }

  private static Set<String> tablesOf(Connection connection) throws SQLException {
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

  int today() {
    return steps.size();
  }
}
