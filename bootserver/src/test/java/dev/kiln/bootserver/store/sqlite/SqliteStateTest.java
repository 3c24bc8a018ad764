package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.StoredEvent;
import dev.kiln.bootserver.event.Values;
import dev.kiln.bootserver.lease.TestClock;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.SerialNumber;
import dev.kiln.bootserver.machine.SystemUuid;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.failure.KilnException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStateTest {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final MacAddress BERT = MacAddress.parse("52:54:00:00:00:0b");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir private Path directory = Path.of("");

  @Test
  void readsEventsInTheirOrderAndOnlyOfTheCardsAskedFor() {
    try (Database database = Database.open(directory)) {
      SqliteEventLog log = new SqliteEventLog(database, card -> Standing.NAMED);
      log.record(Events.seen(NOW, ANNA, Step.DHCP_DISCOVER, "1"));
      log.record(Events.seen(NOW, BERT, Step.DHCP_OFFER, "2"));
      log.record(new Event(NOW, Optional.of(ANNA), Step.REPORT, Values.of(Field.TEXT, "3"), true));
    }

    try (StateReader reader = StateReader.open(directory)) {
      List<StoredEvent> events =
          reader.timeline().read(List.of(ANNA), 0, 10).toCompletableFuture().join();
      assertThat(events)
          .extracting(StoredEvent::event)
          .containsExactly(
              Events.seen(NOW, ANNA, Step.DHCP_DISCOVER, "1"),
              new Event(NOW, Optional.of(ANNA), Step.REPORT, Values.of(Field.TEXT, "3"), true));
      assertThat(
              reader
                  .timeline()
                  .read(List.of(ANNA, BERT), events.get(0).number(), 1)
                  .toCompletableFuture()
                  .join())
          .extracting(stored -> stored.event().step())
          .containsExactly(Step.DHCP_OFFER);
    }
  }

  @Test
  void readsBesideARunningServer() throws Exception {
    try (Database database = Database.open(directory);
        StateReader reader = StateReader.open(directory)) {
      SqliteEventLog log = new SqliteEventLog(database, card -> Standing.NAMED);
      log.record(Events.seen(NOW, ANNA, Step.DHCP_DISCOVER, "1"));
      database.read(session -> true);

      assertThat(reader.timeline().read(List.of(ANNA), 0, 10).toCompletableFuture().join())
          .hasSize(1);
    }
  }

  @Test
  void remembersWhatACardSaidAcrossARestart() {
    Claims claims =
        new Claims(
            ANNA,
            Optional.of(SystemUuid.parse("4c4c4544-0051-3610-8052-b4c04f4a3332")),
            Optional.of(new SerialNumber("Q6J32")));
    try (Database database = Database.open(directory)) {
      SqliteMachineRegistry.open(database).seen(claims, NOW, all -> true);
      SqliteMachineRegistry.open(database).seen(Claims.of(ANNA), NOW.plusSeconds(5), all -> true);
    }

    try (Database database = Database.open(directory)) {
      SqliteMachineRegistry registry = SqliteMachineRegistry.open(database);
      assertThat(registry.seen(Claims.of(ANNA), NOW, all -> true).toCompletableFuture().join())
          .isEqualTo(claims);
    }
    try (StateReader reader = StateReader.open(directory)) {
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
    try (Database database = Database.open(directory)) {
      new SqliteEventLog(database, card -> Standing.NAMED)
          .record(Events.seen(NOW, ANNA, Step.DHCP_OFFER, ""));
    }

    try (StateReader reader = StateReader.open(directory)) {
      assertThat(reader.discovered())
          .singleElement()
          .satisfies(found -> assertThat(found.claims()).isEqualTo(Claims.of(ANNA)));
    }
  }

  @Test
  void forgetsTheCardsThatWereSilentLongest() {
    try (Database database = Database.open(directory)) {
      SqliteMachineRegistry registry = SqliteMachineRegistry.open(database);
      for (int i = 0; i < SqliteMachineRegistry.MOST + 50; i++) {
        registry.seen(
            Claims.of(new MacAddress(0x525400000000L + i)), NOW.plusSeconds(i), all -> true);
        if (i % 1_000 == 0) {
          // What comes faster than it can be written is dropped.
          database.read(session -> true);
        }
      }
    }

    try (StateReader reader = StateReader.open(directory)) {
      assertThat(reader.discovered()).hasSize(SqliteMachineRegistry.MOST);
      assertThat(reader.discovered().get(0).lastSeen())
          .isEqualTo(NOW.plusSeconds(SqliteMachineRegistry.MOST + 49));
    }
  }

  @Test
  void keepsACardThatLeadsToAMachineHoweverManyStrangersCome() {
    try (Database database = Database.open(directory)) {
      SqliteMachineRegistry registry = SqliteMachineRegistry.open(database);
      registry.seen(Claims.of(ANNA), NOW, all -> true).toCompletableFuture().join();
      IntStream.rangeClosed(1, SqliteMachineRegistry.MOST + 50)
          .mapToObj(i -> Claims.of(new MacAddress(0x525401000000L + i)))
          .map(claims -> registry.seen(claims, NOW.plusSeconds(9), all -> false))
          .toList()
          .forEach(seen -> seen.toCompletableFuture().join());

      assertThat(registry.knows(ANNA)).isTrue();
      assertThat(SqliteMachineRegistry.open(database).knows(ANNA)).isTrue();
      assertThat(database.read(SqliteMachineRegistry::list))
          .hasSize(SqliteMachineRegistry.MOST + 1)
          .anyMatch(card -> card.claims().mac().equals(ANNA));
    }
  }

  @Test
  void refusesASecondServerOnTheSameState() {
    try (Database first = Database.open(directory)) {
      assertThat(first.healthy()).isTrue();
      assertThatThrownBy(() -> Database.open(directory))
          .isInstanceOf(KilnException.class)
          .hasMessageContaining("another boot server uses the state");
    }
    Database.open(directory).close();
  }

  @Test
  void goesOnAfterTheLastTimeThatWasStoredWhateverTheMachinesClockSays() {
    TestClock future = new TestClock();
    future.pass(Duration.ofDays(3_650));
    try (Database database = Database.open(directory, future, future::nanos)) {
      database.read(session -> true);
    }

    try (Database database = Database.open(directory)) {
      assertThat(database.clock().instant()).isAfterOrEqualTo(future.instant());
      assertThat(database.clock().lag()).isNegative();
    }
  }

  @Test
  void isReadableByItsOwnerOnly() throws Exception {
    Database.open(directory).close();

    for (String file : List.of("leases.db", "bootserver.db")) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void writesTheOthersOfABatchWhereOneChangeFails() {
    try (Database database = Database.open(directory)) {
      var bad =
          database.records().submit(session -> session.update("INSERT INTO nowhere VALUES (1)"));
      new SqliteEventLog(database, card -> Standing.NAMED)
          .record(Events.seen(NOW, ANNA, Step.UP, ""));
      assertThatThrownBy(() -> bad.toCompletableFuture().join()).hasMessageContaining("nowhere");
    }

    try (StateReader reader = StateReader.open(directory)) {
      assertThat(reader.timeline().read(List.of(ANNA), 0, 10).toCompletableFuture().join())
          .hasSize(1);
    }
  }
}
