package dev.kiln.bootserver.store;

import dev.kiln.bootserver.event.Timeline;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.machine.Discovered;
import dev.kiln.failure.KilnException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** The state file, open for reading beside a server that may be running. Used by one thread. */
public final class StateReader implements AutoCloseable {
  private final Session session;

  private StateReader(Session session) {
    this.session = session;
  }

  public static StateReader open(Path file) {
    if (!Files.isReadable(file)) {
      throw KilnException.input(
          "there is no state that can be read in " + file,
          "Start the server once with this configuration, or run this as the server's user");
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && Files.isWritable(directory)) {
      // Else into /tmp, for readers who may not write here.
      System.setProperty("org.sqlite.tmpdir", directory.toString());
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(10_000);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      int version = Schema.version(connection);
      if (version != Schema.today()) {
        connection.close();
        throw KilnException.input(
            "the state in " + file + " has format " + version + ", not " + Schema.today(),
            "Use the bootserver that writes it");
      }
      return new StateReader(new Session(connection, InstantSource.system()));
    } catch (SQLException e) {
      throw Database.failure("read the state in " + file, e);
    }
  }

  public Timeline timeline() {
    return new SqliteTimeline(session);
  }

  /** Every card that was seen, the one seen last first. */
  public List<Discovered> discovered() {
    return reading("the machines", SqliteMachineRegistry::list);
  }

  public List<Lease> leases() {
    return reading("the leases", SqliteLeases::list);
  }

  private <T> T reading(String what, Write.Work<T> work) {
    try {
      return work.run(session);
    } catch (SQLException e) {
      throw Database.failure("read " + what, e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      // Nothing was written.
    }
  }
}
