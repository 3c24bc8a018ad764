package dev.kiln.bootserver.store.sqlite;

import dev.kiln.failure.KilnException;
import dev.kiln.file.ExclusiveFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/**
 * The state directory, open for writing by this process alone. Leases have a file and a writer of
 * their own, so that nothing else that is written can delay one; what was confirmed of them
 * survives a power cut. Seen cards and events are written beside, in bulk.
 */
public final class Database implements AutoCloseable {
  private final ExclusiveFile lock;
  private final StateClock clock;
  private final WriterThread leases;
  private final Records records;

  /** What may be begun anew. */
  private record Records(WriterThread writer, SetAside aside) {}

  private Database(ExclusiveFile lock, StateClock clock, WriterThread leases, Records records) {
    this.lock = lock;
    this.clock = clock;
    this.leases = leases;
    this.records = records;
  }

  /**
   * Opens or makes the files of a directory.
   *
   * @throws KilnException where another server has it, the leases are damaged, or a file cannot be
   *     used
   */
  public static Database open(Path directory) {
    return open(directory, InstantSource.system(), System::nanoTime);
  }

  /**
   * The same, by other clocks.
   *
   * @param machine the time of day
   * @param nanos counts nanoseconds, never back
   */
  static Database open(Path directory, InstantSource machine, LongSupplier nanos) {
    ExclusiveFile lock = lock(directory.resolve("lock"));
    boolean opened = false;
    try {
      SmallBlocks.warnOf(directory);
      SqliteLibrary.removeWhatWasLeft(directory);
      SqliteLibrary.load(directory);
      Database database = open(lock, directory, machine, nanos);
      opened = true;
      return database;
    } finally {
      if (!opened) {
        closeQuietly(lock);
      }
    }
  }

  private static Database open(
      ExclusiveFile lock, Path directory, InstantSource machine, LongSupplier nanos) {
    StateFile records = StateFile.records(directory);
    StateFile leases = StateFile.leases(directory);
    SetAside aside = new SetAside(records, leases, machine, nanos);
    Instant seen = prepareRecords(records, leases, aside);
    Instant leased = leases.using(connection -> prepareLeases(leases, connection));
    StateClock clock = new StateClock(leased.isAfter(seen) ? leased : seen, machine, nanos);
    return new Database(
        lock,
        clock,
        WriterThread.start(leases, () -> new Session(leases, leases.open(), clock), Remedy.NONE),
        new Records(
            WriterThread.start(records, () -> new Session(records, records.open(), clock), aside),
            aside));
  }

  private static Instant prepareRecords(StateFile records, StateFile leases, Remedy remedy) {
    try {
      return records.using(connection -> prepareRecords(records, connection, leases));
    } catch (KilnException e) {
      if (remedy.mends(e)) {
        return records.using(connection -> prepareRecords(records, connection, leases));
      }
      throw e;
    }
  }

  private static Instant prepareRecords(StateFile records, Connection connection, StateFile leases)
      throws SQLException {
    MoveLeases.run(records, connection, leases);
    records.schema().migrate(records.path(), connection);
    return Schema.latest(connection);
  }

  /** They are few, and everything depends on them: all of them are read once. */
  private static Instant prepareLeases(StateFile leases, Connection connection)
      throws SQLException {
    leases.schema().migrate(leases.path(), connection);
    leases.check(connection);
    return Schema.latest(connection);
  }

  /** The writer of the leases. */
  WriterThread leases() {
    return leases;
  }

  /** The writer of everything that a machine can do without. */
  WriterThread records() {
    return records.writer();
  }

  /** Times that the records were damaged, and empty ones begun. */
  long setAside() {
    return records.aside().times();
  }

  /** The clock of everything that is written, by which leases begin and end. */
  public StateClock clock() {
    return clock;
  }

  /** Reads the records behind all that was written so far; waits, so not for event loops. */
  <T> T read(Write.Work<T> work) {
    try {
      return records.writer().submit(work).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof KilnException known ? known : e;
    }
  }

  /** What a write would find, of leases and of records. */
  public boolean healthy() {
    return leases.healthy() && records.writer().healthy();
  }

  /** Writes what waits, and closes. */
  @Override
  public void close() {
    leases.close();
    records.writer().close();
    closeQuietly(lock);
  }

  private static ExclusiveFile lock(Path file) {
    try {
      return ExclusiveFile.take(file)
          .orElseThrow(
              () ->
                  new KilnException(
                      KilnException.Kind.IO,
                      "another boot server uses the state in " + file.getParent(),
                      "Stop it, or use another state directory"));
    } catch (IOException e) {
      throw KilnException.io("lock " + file, e);
    }
  }

  private static void closeQuietly(ExclusiveFile lock) {
    try {
      lock.close();
    } catch (IOException e) {
      // A lock that cannot be given back ends with the process.
    }
  }
}
