package dev.kiln.bootserver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.StoredEvent;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.lease.TestClock;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.SerialNumber;
import dev.kiln.bootserver.machine.SystemUuid;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.failure.KilnException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteStateTest {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final MacAddress BERT = MacAddress.parse("52:54:00:00:00:0b");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir private Path directory = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("state.db");
  }

  @Test
  void readsEventsInTheirOrderAndOnlyOfTheCardsAskedFor() {
    try (Database database = Database.open(file)) {
      SqliteEventLog log = new SqliteEventLog(database);
      log.record(Event.seen(NOW, ANNA, "one", "1"));
      log.record(Event.seen(NOW, BERT, "two", "2"));
      log.record(new Event(NOW, Optional.of(ANNA), "three", "3", true));
    }

    try (StateReader reader = StateReader.open(file)) {
      List<StoredEvent> events = reader.timeline().read(List.of(ANNA), 0, 10);
      assertThat(events)
          .extracting(StoredEvent::event)
          .containsExactly(
              Event.seen(NOW, ANNA, "one", "1"),
              new Event(NOW, Optional.of(ANNA), "three", "3", true));
      assertThat(reader.timeline().read(List.of(ANNA, BERT), events.get(0).number(), 1))
          .extracting(stored -> stored.event().step())
          .containsExactly("two");
    }
  }

  @Test
  void readsBesideARunningServer() throws Exception {
    try (Database database = Database.open(file);
        StateReader reader = StateReader.open(file)) {
      SqliteEventLog log = new SqliteEventLog(database);
      log.record(Event.seen(NOW, ANNA, "one", "1"));
      database.submit(session -> true).toCompletableFuture().get();

      assertThat(reader.timeline().read(List.of(ANNA), 0, 10)).hasSize(1);
    }
  }

  @Test
  void keepsTheNewestEventsOfACardThatFloodsAndEveryEventOfAnother() {
    try (Database database = Database.open(file)) {
      SqliteEventLog log = new SqliteEventLog(database);
      log.record(Event.seen(NOW, BERT, "quiet", ""));
      IntStream.range(0, SqliteEventLog.PER_CARD + 700)
          .forEach(i -> log.record(Event.seen(NOW, ANNA, "loud", "" + i)));
    }

    try (StateReader reader = StateReader.open(file)) {
      List<StoredEvent> loud = reader.timeline().read(List.of(ANNA), 0, 10_000);
      assertThat(loud).hasSizeBetween(SqliteEventLog.PER_CARD, SqliteEventLog.PER_CARD + 256);
      assertThat(loud.get(loud.size() - 1).event().detail())
          .isEqualTo("" + (SqliteEventLog.PER_CARD + 699));
      assertThat(reader.timeline().read(List.of(BERT), 0, 10)).hasSize(1);
    }
  }

  @Test
  void leavesRoomForLeasesWhenAnybodyAsksInTheNameOfManyMachines() {
    CountDownLatch diskIsSlow = new CountDownLatch(1);
    try (Database database = Database.open(file)) {
      SqliteMachineRegistry registry = SqliteMachineRegistry.open(database);
      database.submit(session -> awaited(diskIsSlow));
      IntStream.range(0, 25_000)
          .forEach(
              i -> registry.seen(Claims.of(new MacAddress(ANNA.bits() + i)), NOW, all -> true));

      CompletionStage<Boolean> lease = database.submit(session -> true);
      diskIsSlow.countDown();

      assertThat(lease.toCompletableFuture().join()).isTrue();
    }
  }

  @Test
  void remembersWhatACardSaidAcrossARestart() {
    Claims claims =
        new Claims(
            ANNA,
            Optional.of(SystemUuid.parse("4c4c4544-0051-3610-8052-b4c04f4a3332")),
            Optional.of(new SerialNumber("Q6J32")));
    try (Database database = Database.open(file)) {
      SqliteMachineRegistry.open(database).seen(claims, NOW, all -> true);
      SqliteMachineRegistry.open(database).seen(Claims.of(ANNA), NOW.plusSeconds(5), all -> true);
    }

    try (Database database = Database.open(file)) {
      SqliteMachineRegistry registry = SqliteMachineRegistry.open(database);
      assertThat(registry.seen(Claims.of(ANNA), NOW, all -> true).toCompletableFuture().join())
          .isEqualTo(claims);
    }
    try (StateReader reader = StateReader.open(file)) {
      assertThat(reader.discovered())
          .singleElement()
          .satisfies(
              found -> {
                assertThat(found.claims()).isEqualTo(claims);
                assertThat(found.firstSeen()).isEqualTo(NOW);
                assertThat(found.lastSeen()).isEqualTo(NOW.plusSeconds(5));
              });
    }
  }

  @Test
  void discoversACardByItsFirstEvent() {
    try (Database database = Database.open(file)) {
      new SqliteEventLog(database).record(Event.seen(NOW, ANNA, "dhcp-offer", ""));
    }

    try (StateReader reader = StateReader.open(file)) {
      assertThat(reader.discovered())
          .singleElement()
          .satisfies(found -> assertThat(found.claims()).isEqualTo(Claims.of(ANNA)));
    }
  }

  @Test
  void forgetsTheCardsThatWereSilentLongest() {
    try (Database database = Database.open(file)) {
      SqliteMachineRegistry registry = SqliteMachineRegistry.open(database);
      for (int i = 0; i < SqliteMachineRegistry.MOST + 50; i++) {
        registry.seen(
            Claims.of(new MacAddress(0x525400000000L + i)), NOW.plusSeconds(i), all -> true);
        if (i % 1_000 == 0) {
          // Of a long backlog what can be missed is not written.
          database.submit(session -> true).toCompletableFuture().join();
        }
      }
      database.submit(
          session -> {
            SqliteMachineRegistry.prune(session);
            return true;
          });
    }

    try (StateReader reader = StateReader.open(file)) {
      assertThat(reader.discovered()).hasSize(SqliteMachineRegistry.MOST);
      assertThat(reader.discovered().get(0).lastSeen())
          .isEqualTo(NOW.plusSeconds(SqliteMachineRegistry.MOST + 49));
    }
  }

  @Test
  void refusesASecondServerOnTheSameState() {
    try (Database first = Database.open(file)) {
      assertThat(first.healthy()).isTrue();
      assertThatThrownBy(() -> Database.open(file))
          .isInstanceOf(KilnException.class)
          .hasMessageContaining("another boot server uses the state");
    }
    Database.open(file).close();
  }

  @Test
  void goesOnAfterTheLastTimeThatWasStoredWhateverTheMachinesClockSays() {
    TestClock future = new TestClock();
    future.pass(Duration.ofDays(3_650));
    try (Database database = Database.open(file, future, future::nanos)) {
      database.submit(session -> true).toCompletableFuture().join();
    }

    try (Database database = Database.open(file)) {
      assertThat(database.clock().instant()).isAfterOrEqualTo(future.instant());
      assertThat(database.clock().lag()).isNegative();
    }
  }

  @Test
  void keepsTheLeasesOfAStateFromBeforeThereWereSubnets() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : Schema.STEPS.get(0)) {
        statement.executeUpdate(sql);
      }
      statement.executeUpdate("PRAGMA user_version = 1");
      // 192.168.0.70 and its bits as Java's int has them; 52:54:00:00:00:0a.
      statement.executeUpdate(
          "INSERT INTO lease VALUES (-1062731706, 90520730730506, 'BOUND', 1800000000000)");
    }

    SubnetId subnet = new SubnetId("192.168.0.0/24");
    try (Database database = Database.open(file)) {
      assertThat(new SqliteLeases(database).list(subnet).toCompletableFuture().join())
          .containsExactly(
              new Lease(
                  subnet,
                  IpAddress.parse("192.168.0.70"),
                  ClientId.of(ANNA),
                  Lease.State.BOUND,
                  Instant.ofEpochMilli(1_800_000_000_000L)));
    }
  }

  @Test
  void refusesAStateOfANewerFormat() throws Exception {
    Database.open(file).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }

    assertThatThrownBy(() -> Database.open(file)).hasMessageContaining("newer boot server");
    assertThatThrownBy(() -> StateReader.open(file)).hasMessageContaining("has format 99");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void addsNothingToADatabaseOfAnotherProgram(int version) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE event (name TEXT)");
      statement.execute("PRAGMA user_version = " + version);
    }

    assertThatThrownBy(() -> Database.open(file))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("holds other tables, and is no boot server's");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet tables = statement.executeQuery("SELECT name FROM sqlite_master")) {
      assertThat(tables.next()).isTrue();
      assertThat(tables.getString(1)).isEqualTo("event");
      assertThat(tables.next()).isFalse();
    }
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws Exception {
    Files.writeString(file, "this is not a database, but it is long enough to look like a file");

    assertThatThrownBy(() -> Database.open(file))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("cannot open the state");
  }

  @Test
  void isReadableByItsOwnerOnly() throws Exception {
    Database.open(file).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void writesTheOthersOfABatchWhereOneChangeFails() {
    try (Database database = Database.open(file)) {
      var bad = database.submit(session -> session.update("INSERT INTO nowhere VALUES (1)"));
      new SqliteEventLog(database).record(Event.seen(NOW, ANNA, "good", ""));
      assertThatThrownBy(() -> bad.toCompletableFuture().join()).hasMessageContaining("nowhere");
    }

    try (StateReader reader = StateReader.open(file)) {
      assertThat(reader.timeline().read(List.of(ANNA), 0, 10)).hasSize(1);
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
