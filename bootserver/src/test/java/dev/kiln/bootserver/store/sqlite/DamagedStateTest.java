package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A file that the disk or somebody else spoilt: what is wrong, where, and what to do. */
class DamagedStateTest {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(SetAside.class);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void listen() {
    log.start();
    LOG.addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    LOG.detachAppender(log);
  }

  @BeforeEach
  void fillBothFiles() {
    try (Database database = Database.open(directory)) {
      SqliteMachineRegistry registry = SqliteMachineRegistry.open(database);
      SqliteLeases leases = new SqliteLeases(database);
      IntStream.range(0, 500)
          .forEach(
              i -> {
                MacAddress card = new MacAddress(ANNA.bits() + i);
                registry.seen(Claims.of(card), Instant.EPOCH, all -> true);
                leases.confirm(
                    ConfirmedLeases.SUBNET,
                    ConfirmedLeases.address(i),
                    ClientId.of(card),
                    Duration.ofHours(1));
              });
      new SqliteEventLog(database, card -> Standing.NAMED)
          .record(Events.seen(Instant.EPOCH, ANNA, Step.DHCP_DISCOVER, ""));
    }
  }

  @Test
  void saysWhereAndWhatToDoWherePagesAreSpoilt() throws Exception {
    // The header and the list of tables are good.
    spoil("leases.db", 4_096 + 100);

    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(
            KilnException.class,
            failure -> assertThat(failure.kind()).isEqualTo(KilnException.Kind.IO))
        .hasMessageContaining("the state in " + directory.resolve("leases.db") + " is damaged")
        .hasMessageContaining("move it away with its -wal and -shm")
        .hasMessageContaining("are then forgotten");
  }

  @Test
  void saysTheSameOfAFileThatIsNoDatabase() throws Exception {
    Files.writeString(directory.resolve("leases.db"), "this is not a database ".repeat(100));

    assertThatThrownBy(this::start)
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("the state in " + directory.resolve("leases.db") + " is damaged");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4_096 + 100})
  void setsRecordsAsideThatAreSpoiltAndKeepsTheLeases(int from) throws Exception {
    spoil("bootserver.db", from);
    byte[] spoilt = Files.readAllBytes(directory.resolve("bootserver.db"));

    assertThat(start()).isEqualTo(1);

    assertThat(setAside()).hasSize(1);
    assertThat(Files.readAllBytes(directory.resolve(setAside().get(0)))).isEqualTo(spoilt);
    assertThat(said())
        .singleElement()
        .asString()
        .startsWith("The state in " + directory.resolve("bootserver.db") + " is damaged: ")
        .contains("It is set aside as " + setAside().get(0) + ", and an empty one is begun: ");
    try (StateReader reader = StateReader.open(directory)) {
      assertThat(reader.leases()).hasSize(500);
      assertThat(reader.discovered()).isEmpty();
    }
    assertThat(start()).isZero();
  }

  @Test
  void setsRecordsAsideThatTurnOutToBeSpoiltWhileItRunsAndWritesOn() throws Exception {
    try (Database database = Database.open(directory)) {
      AtomicInteger tries = new AtomicInteger();

      int tried =
          database
              .records()
              .submit(
                  session -> {
                    if (tries.incrementAndGet() == 1) {
                      throw new SQLiteException("malformed", SQLiteErrorCode.SQLITE_CORRUPT);
                    }
                    return tries.get();
                  })
              .toCompletableFuture()
              .join();

      assertThat(tried).isEqualTo(2);
      assertThat(database.healthy()).isTrue();
      assertThat(database.setAside()).isEqualTo(1);
      new SqliteEventLog(database, card -> Standing.NAMED)
          .record(Events.seen(Instant.EPOCH, ANNA, Step.BOOT_SCRIPT, ""));
    }
    assertThat(setAside()).hasSize(1);
    try (StateReader reader = StateReader.open(directory)) {
      assertThat(reader.discovered()).hasSize(1);
      assertThat(reader.leases()).hasSize(500);
    }
  }

  @Test
  void confirmsNothingWhereTheLeasesTurnOutToBeSpoiltWhileItRuns() {
    try (Database database = Database.open(directory)) {
      assertThatThrownBy(
              () ->
                  database
                      .leases()
                      .submit(
                          session -> {
                            throw new SQLiteException("malformed", SQLiteErrorCode.SQLITE_CORRUPT);
                          })
                      .toCompletableFuture()
                      .join())
          .hasMessageContaining("the state in " + directory.resolve("leases.db") + " is damaged");

      assertThat(directory.resolve("leases.db")).exists();
      assertThat(database.setAside()).isZero();
    }
  }

  @Test
  void setsNothingAsideAgainAndAgainOnADiskThatDamagesAll() {
    try (Database database = Database.open(directory)) {
      assertThat(
              database
                  .records()
                  .submit(
                      session -> {
                        throw new SQLiteException("malformed", SQLiteErrorCode.SQLITE_CORRUPT);
                      })
                  .toCompletableFuture())
          .failsWithin(Duration.ofMinutes(1));

      assertThat(database.setAside()).isEqualTo(1);
    }
  }

  @Test
  void keepsTheNewestThatWereSetAside() throws Exception {
    for (int day = 1; day <= 4; day++) {
      String old = "bootserver.db.damaged-2026010" + day + "T000000Z";
      Files.createFile(directory.resolve(old));
      Files.createFile(directory.resolve(old + "-wal"));
    }
    spoil("bootserver.db", 0);

    start();

    assertThat(setAside())
        .hasSize(5)
        .contains("bootserver.db.damaged-20260104T000000Z-wal")
        .noneMatch(name -> name.contains("20260102"));
  }

  @Test
  void refusesSpoiltRecordsAmongWhichLeasesMayStand() throws Exception {
    spoil("bootserver.db", 4_096 + 100);
    setFormat("bootserver.db", Schema.WITH_LEASES);
    assertThatThrownBy(this::start).isInstanceOf(KilnException.class);

    spoil("bootserver.db", 0);
    Files.delete(directory.resolve("leases.db"));
    assertThatThrownBy(this::start).hasMessageContaining("bootserver.db is damaged");

    assertThat(setAside()).isEmpty();
  }

  @Test
  void startsWithoutTheLeasesWhereTheirFileWasMovedAway() throws Exception {
    spoil("leases.db", 4_096 + 100);
    Files.move(directory.resolve("leases.db"), directory.resolve("leases.spoilt"));

    start();

    try (StateReader reader = StateReader.open(directory)) {
      assertThat(reader.leases()).isEmpty();
      assertThat(reader.discovered()).hasSize(500);
    }
  }

  /** What a start reads before anything is answered; how often it set something aside. */
  private long start() {
    try (Database database = Database.open(directory)) {
      SqliteMachineRegistry.open(database);
      return database.setAside();
    }
  }

  private List<String> setAside() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("bootserver.db.damaged-"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> said() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void setFormat(String file, int format) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(directory.resolve(file).toFile(), "rw")) {
      bytes.seek(60);
      bytes.writeInt(format);
    }
  }

  private void spoil(String file, int from) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(directory.resolve(file).toFile(), "rw")) {
      bytes.seek(from);
      bytes.write(
          "spoilt ".repeat((int) (bytes.length() - from) / 7).getBytes(StandardCharsets.UTF_8));
    }
  }
}
