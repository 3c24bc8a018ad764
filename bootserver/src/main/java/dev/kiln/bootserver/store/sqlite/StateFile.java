package dev.kiln.bootserver.store.sqlite;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One SQLite file of the state, in WAL mode.
 *
 * @param path the file; {@code -wal} and {@code -shm} stand beside it
 * @param schema its tables
 * @param synchronous when a transaction is on the disk: FULL before it is confirmed; NORMAL some
 *     time later, in order, so that a power cut may take the last ones and never the file
 */
record StateFile(Path path, Schema schema, SQLiteConfig.SynchronousMode synchronous) {
  private static final int BUSY_MILLIS = 2_000;

  /** Who may have which address: what was confirmed is on the disk. */
  static StateFile leases(Path directory) {
    return new StateFile(
        directory.resolve("leases.db"), Schema.LEASES, SQLiteConfig.SynchronousMode.FULL);
  }

  /** Seen cards and events: nothing that a machine needs, and much of it. */
  static StateFile records(Path directory) {
    return new StateFile(
        directory.resolve("bootserver.db"), Schema.RECORDS, SQLiteConfig.SynchronousMode.NORMAL);
  }

  /** Opens it with today's tables; an empty one is made where none is. */
  Connection open() throws SQLException {
    return checked(connect(), connection -> schema.migrate(path, connection));
  }

  /** Makes something of a connection, before anybody else has one, and closes it. */
  interface Use<T> {
    T of(Connection connection) throws SQLException;
  }

  /**
   * Uses the file once, with the tables that it has.
   *
   * @throws KilnException where it is damaged or cannot be used
   */
  <T> T using(Use<T> use) {
    try (Connection connection = connect()) {
      return use.of(connection);
    } catch (SQLException e) {
      throw StateTrouble.of(this, e);
    }
  }

  private Connection connect() throws SQLException {
    createPrivately();
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(synchronous);
    config.setBusyTimeout(BUSY_MILLIS);
    // Pages of memory, negative: KiB.
    config.setCacheSize(-2_000);
    return checked(
        config.createConnection("jdbc:sqlite:" + path),
        connection -> connection.setAutoCommit(false));
  }

  /** Opens it for reading, beside whoever writes. */
  Connection read() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(5 * BUSY_MILLIS);
    return checked(config.createConnection("jdbc:sqlite:" + path), this::refuseOtherFormats);
  }

  private void refuseOtherFormats(Connection connection) throws SQLException {
    int version = Schema.version(connection);
    if (version != schema.today()) {
      throw KilnException.input(
          "the state in " + path + " has format " + version + ", not " + schema.today(),
          "Use the bootserver that writes it");
    }
  }

  /** Reads all of it, and refuses what is damaged: for files that are small. */
  void check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("PRAGMA quick_check(1)")) {
      if (found.next() && !"ok".equals(found.getString(1))) {
        String words = found.getString(1).lines().findFirst().orElse("");
        throw StateTrouble.damaged(
            this, words, new SQLiteException(words, SQLiteErrorCode.SQLITE_CORRUPT));
      }
    }
    connection.commit();
  }

  /** What is done with a connection before anybody else gets it. */
  private interface Step {
    void with(Connection connection) throws SQLException;
  }

  private static Connection checked(Connection connection, Step step) throws SQLException {
    boolean good = false;
    try {
      step.with(connection);
      good = true;
      return connection;
    } finally {
      if (!good) {
        connection.close();
      }
    }
  }

  private void createPrivately() {
    try {
      if (!Files.exists(path)) {
        Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (IOException e) {
      throw KilnException.io("make " + path, e);
    }
  }
}
