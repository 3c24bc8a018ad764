package dev.kiln.bootserver.store.sqlite;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the records where they are damaged: no machine needs them, so they stop nothing.
 * They are kept beside, for whoever wants to see what can be saved, and empty ones are begun. Only
 * where no lease can stand among them: see {@link MoveLeases}.
 */
final class SetAside implements Remedy {
  /** So many are kept, the newest ones. */
  static final int KEPT = 3;

  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);
  private static final String MARK = ".damaged-";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** What stands beside a file, and the file last: an old log beside a new file would be read. */
  private static final List<String> PARTS = List.of("-wal", "-shm", "");

  /** A disk that damages each file anew is no help to anybody. */
  private static final long BETWEEN_NANOS = TimeUnit.MINUTES.toNanos(1);

  // SQLite's file format 1.3: sixteen octets of magic; user_version at 60, four octets.
  private static final String MAGIC = "SQLite format 3\0";
  private static final int VERSION_AT = 60;

  private final StateFile records;
  private final Path leases;
  private final InstantSource machine;
  private final LongSupplier nanos;
  private final AtomicLong times = new AtomicLong();
  private long last;

  /**
   * For one file.
   *
   * @param machine the time of day
   * @param nanos counts nanoseconds, never back
   */
  SetAside(StateFile records, StateFile leases, InstantSource machine, LongSupplier nanos) {
    this.records = records;
    this.leases = leases.path();
    this.machine = machine;
    this.nanos = nanos;
    this.last = nanos.getAsLong() - BETWEEN_NANOS;
  }

  /** Times that it had to be. */
  long times() {
    return times.get();
  }

  /** Moves the file away, which nobody here has open; false where this is no help. */
  @Override
  public boolean mends(Exception failure) {
    if (!StateTrouble.isDamage(failure) || nanos.getAsLong() - last < BETWEEN_NANOS) {
      return false;
    }
    try {
      if (mayHoldLeases()) {
        return false;
      }
      last = nanos.getAsLong();
      Path aside = moveAway();
      times.incrementAndGet();
      LOG.error(
          "{} It is set aside as {}, and an empty one is begun: {}.",
          StateTrouble.isDamagedIn(records, failure),
          aside.getFileName(),
          records.schema().whenLost());
      keepFew();
      return true;
    } catch (IOException e) {
      String what = "set " + records.path() + " aside";
      LOG.error("cannot {}: {}", what, KilnException.reason(what, e));
      return false;
    }
  }

  /** So it may be until all of them were copied into a file of their own. */
  private boolean mayHoldLeases() throws IOException {
    if (!Files.exists(leases)) {
      return true;
    }
    try (RandomAccessFile file = new RandomAccessFile(records.path().toFile(), "r")) {
      byte[] magic = new byte[MAGIC.length()];
      if (file.length() < VERSION_AT + Integer.BYTES) {
        return false;
      }
      file.readFully(magic);
      file.seek(VERSION_AT);
      int version = file.readInt();
      return new String(magic, StandardCharsets.ISO_8859_1).equals(MAGIC)
          && version > 0
          && version <= Schema.WITH_LEASES;
    }
  }

  private Path moveAway() throws IOException {
    Path aside = beside(records.path(), MARK + TIME.format(machine.instant()));
    for (String part : PARTS) {
      Path from = beside(records.path(), part);
      if (Files.exists(from)) {
        Files.move(from, beside(aside, part));
      }
    }
    return aside;
  }

  private void keepFew() throws IOException {
    List<Path> kept = new ArrayList<>();
    String pattern = records.path().getFileName() + MARK + "*Z";
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(records.path().resolveSibling(""), pattern)) {
      found.forEach(kept::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    // By their times, which their names end with.
    Collections.sort(kept);
    for (Path old : kept.subList(0, Math.max(0, kept.size() - KEPT))) {
      for (String part : PARTS) {
        Files.deleteIfExists(beside(old, part));
      }
    }
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
