package dev.kiln.bootserver.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Up to format {@value Schema#WITH_LEASES} of the records the leases stood among them. They are
 * copied first, and only then is their table dropped: whoever is stopped between does it again.
 */
final class MoveLeases {
  private static final String COLUMNS = "lease (subnet, address, client, state, until)";

  private MoveLeases() {}

  /**
   * Copies them, where there are any.
   *
   * @param from the records
   */
  static void run(StateFile records, Connection from, StateFile leases) throws SQLException {
    int format = Schema.version(from);
    if (format > 0 && format <= Schema.WITH_LEASES) {
      records.schema().migrate(records.path(), from, Schema.WITH_LEASES);
      try (Connection to = leases.open()) {
        copy(from, to);
      }
    }
  }

  private static void copy(Connection from, Connection to) throws SQLException {
    try (Statement reading = from.createStatement();
        ResultSet row =
            reading.executeQuery("SELECT subnet, address, client, state, until FROM lease");
        PreparedStatement writing =
            to.prepareStatement("INSERT OR IGNORE INTO " + COLUMNS + " VALUES (?, ?, ?, ?, ?)")) {
      while (row.next()) {
        for (int column = 1; column <= 5; column++) {
          writing.setObject(column, row.getObject(column));
        }
        writing.executeUpdate();
      }
    }
    to.commit();
    from.commit();
  }
}
