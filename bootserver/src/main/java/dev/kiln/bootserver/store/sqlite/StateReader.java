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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The state, open for reading beside a server that may be running, on a thread of its own. */
public final class StateReader implements AutoCloseable {
  private final Session leases;
  private final Session records;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "state-reader"));

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
    return new SqliteTimeline(this::ofRecords);
  }

  /** Every card that was seen, the one seen last first. */
  public List<Discovered> discovered() {
    return await(reading(records, SqliteMachineRegistry::list));
  }

  public List<Lease> leases() {
    return await(reading(leases, SqliteLeases::list));
  }

  private <T> CompletionStage<T> ofRecords(Write.Work<T> work) {
    return reading(records, work);
  }

  private <T> CompletableFuture<T> reading(Session session, Write.Work<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.run(session);
          } catch (SQLException e) {
            throw session.trouble(e);
          }
        },
        thread);
  }

  private static <T> T await(CompletableFuture<T> reading) {
    try {
      return reading.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof KilnException known ? known : e;
    }
  }

  @Override
  public void close() {
    await(CompletableFuture.runAsync(() -> close(leases), thread));
    await(CompletableFuture.runAsync(() -> close(records), thread));
    thread.shutdown();
  }

  private static void close(Session session) {
    try {
      session.close();
    } catch (SQLException e) {
      // Nothing was written.
    }
  }
}
