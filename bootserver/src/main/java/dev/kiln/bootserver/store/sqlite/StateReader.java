package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.event.Timeline;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.machine.Discovered;
import dev.kiln.failure.KilnException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/** The state, open for reading beside a server that may be running. Used by one thread. */
public final class StateReader implements AutoCloseable {
  private final Session leases;
  private final Session records;

  private StateReader(Session leases, Session records) {
    this.leases = leases;
    this.records = records;
  }

  /** Whether a server ever kept its state in a directory. */
  public static boolean isIn(Path directory) {
    return Files.exists(StateFile.records(directory).path());
  }

  /** Opens the state of a directory. */
  public static StateReader open(Path directory) {
    StateFile records = StateFile.records(directory);
    StateFile leases = StateFile.leases(directory);
    refuseUnlessReadable(records);
    SqliteLibrary.load(
        // Into /tmp for readers who may not write here.
        Files.isWritable(directory) ? directory : Path.of(System.getProperty("java.io.tmpdir")));
    // Those of an earlier version have no leases beside them: they say so first.
    Session opened = session(records);
    try {
      refuseUnlessReadable(leases);
      return new StateReader(session(leases), opened);
    } catch (KilnException e) {
      close(opened);
      throw e;
    }
  }

  private static Session session(StateFile file) {
    try {
      return new Session(file, file.read(), InstantSource.system());
    } catch (SQLException e) {
      throw StateTrouble.of(file, e);
    }
  }

  private static void refuseUnlessReadable(StateFile file) {
    if (!Files.isReadable(file.path())) {
      throw KilnException.input(
          "there is no state that can be read in " + file.path(),
          "Start the server once with this configuration, or run this as the server's user");
    }
  }

  public Timeline timeline() {
    return new SqliteTimeline(records);
  }

  /** Every card that was seen, the one seen last first. */
  public List<Discovered> discovered() {
    return reading(records, SqliteMachineRegistry::list);
  }

  public List<Lease> leases() {
    return reading(leases, SqliteLeases::list);
  }

  private static <T> T reading(Session session, Write.Work<T> work) {
    try {
      return work.run(session);
    } catch (SQLException e) {
      throw session.trouble(e);
    }
  }

  @Override
  public void close() {
    close(leases);
    close(records);
  }

  private static void close(Session session) {
    try {
      session.close();
    } catch (SQLException e) {
      // Nothing was written.
    }
  }
}
