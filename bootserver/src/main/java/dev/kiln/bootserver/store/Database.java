package dev.kiln.bootserver.store;

import dev.kiln.failure.KilnException;
import dev.kiln.file.ExclusiveFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.sqlite.SQLiteConfig;

/**
 * The state file, open for writing by this process alone. WAL with {@code synchronous=FULL}: what
 * was confirmed survives a power cut.
 */
public final class Database implements AutoCloseable {
  /** Beyond this backlog leases come first, and what can be missed is not written. */
  private static final int BUSY = 10_000;

  private final ExclusiveFile lock;
  private final WriterThread writer;
  private final StateClock clock;

  private Database(ExclusiveFile lock, WriterThread writer, StateClock clock) {
    this.lock = lock;
    this.writer = writer;
    this.clock = clock;
  }

  /** Opens or makes the file; a second server on the same one is refused. */
  public static Database open(Path file) {
    return open(file, InstantSource.system(), System::nanoTime);
  }

  /**
   * The same, by other clocks.
   *
   * @param machine the time of day
   * @param nanos counts nanoseconds, never back
   */
  static Database open(Path file, InstantSource machine, LongSupplier nanos) {
    Path directory = directoryOf(file);
    ExclusiveFile lock = lock(directory.resolve("lock"));
    try {
      createPrivately(file);
      Connection connection = config().createConnection("jdbc:sqlite:" + file);
      connection.setAutoCommit(false);
      Schema.migrate(connection);
      StateClock clock = new StateClock(Schema.latest(connection), machine, nanos);
      return new Database(lock, WriterThread.start(new Session(connection, clock)), clock);
    } catch (SQLException e) {
      closeQuietly(lock);
      throw failure("open the state in " + file, e);
    } catch (IOException e) {
      closeQuietly(lock);
      throw KilnException.io("make " + file, e);
    } catch (KilnException e) {
      closeQuietly(lock);
      throw e;
    }
  }

  /** Does this in the next transaction; completes when that is durable, in the order of calls. */
  <T> CompletionStage<T> submit(Write.Work<T> work) {
    Write<T> write = new Write<>(work);
    if (!writer.offer(write)) {
      write.fail(
          KilnException.dependency(
              "the state cannot be written as fast as requests arrive",
              "Put the state directory on a faster disk"));
    }
    return write.done();
  }

  /** The clock of everything that is written, by which leases begin and end. */
  public StateClock clock() {
    return clock;
  }

  /** Whether the last transaction was durable. */
  public boolean healthy() {
    return writer.healthy();
  }

  /** Changes that wait to be written. */
  public int backlog() {
    return writer.backlog();
  }

  /** Whether so much waits that whoever can do without should not add to it. */
  boolean busy() {
    return writer.backlog() > BUSY;
  }

  /** Writes what waits, and closes. */
  @Override
  public void close() {
    writer.close();
    closeQuietly(lock);
  }

  static KilnException failure(String doing, SQLException cause) {
    return new KilnException(
        KilnException.Kind.IO,
        "cannot " + doing + ": " + cause.getMessage(),
        "Check free space, permissions and the path",
        cause);
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(10_000);
    // Pages of memory, negative: KiB.
    config.setCacheSize(-2_000);
    return config;
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

  private static void createPrivately(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  private static Path directoryOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file : parent;
  }

  private static void closeQuietly(ExclusiveFile lock) {
    try {
      lock.close();
    } catch (IOException e) {
      // A lock that cannot be given back ends with the process.
    }
  }
}
