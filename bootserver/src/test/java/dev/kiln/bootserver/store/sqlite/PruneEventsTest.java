package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.event.EventText;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.StoredEvent;
import dev.kiln.bootserver.net.MacAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneEventsTest {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final MacAddress BERT = MacAddress.parse("52:54:00:00:00:0b");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir private Path directory = Path.of("");

  @Test
  void keepsTheNewestEventsOfACardThatFloodsAndEveryEventOfAnother() {
    try (Database database = Database.open(directory)) {
      SqliteEventLog log = new SqliteEventLog(database);
      log.record(Events.seen(NOW, BERT, Step.UP, ""));
      IntStream.range(0, PruneEvents.PER_CARD + 3_700)
          .forEach(i -> log.record(Events.seen(NOW, ANNA, Step.IMAGE_FILE, "" + i)));
      long most = PruneEvents.PER_CARD + PruneEvents.EVERY;
      waitFor(database, "SELECT count(*) <= " + most + " FROM event WHERE step = 'image-file'");
    }

    try (StateReader reader = StateReader.open(directory)) {
      List<StoredEvent> loud = reader.timeline().read(List.of(ANNA), 0, 10_000);
      assertThat(loud)
          .hasSizeBetween(PruneEvents.PER_CARD - 1, PruneEvents.PER_CARD + PruneEvents.EVERY);
      assertThat(EventText.of(loud.get(loud.size() - 1).event()))
          .isEqualTo("" + (PruneEvents.PER_CARD + 3_699));
      assertThat(reader.timeline().read(List.of(BERT), 0, 10)).hasSize(1);
    }
  }

  @Test
  void removesLittleInEachStepAndKeepsNoMoreThanTheNewestOfAll() {
    try (Database database = Database.open(directory)) {
      database.read(session -> fill(session, 1, 5_000));
      database.read(session -> fill(session, PruneEvents.IN_ALL + 2_501, 1_000));
      SqliteEventLog log = new SqliteEventLog(database);
      PruneEvents prune = new PruneEvents();

      int before = count(database);
      boolean more = database.read(prune::step);
      assertThat(more).isTrue();
      assertThat(before - count(database)).isEqualTo(PruneEvents.STEP);

      IntStream.range(0, PruneEvents.EVERY)
          .forEach(i -> log.record(Events.seen(NOW, BERT, Step.NOCLOUD, "")));
      // The newest number is then IN_ALL + 3,500 + EVERY.
      waitFor(database, "SELECT min(number) = " + (3_501 + PruneEvents.EVERY) + " FROM event");
    }
  }

  @Test
  void looksIntoIndexesAloneHoweverMuchThereIs() {
    try (Database database = Database.open(directory)) {
      for (String sql : List.of(PruneEvents.OF_ALL, PruneEvents.OF_A_CARD)) {
        List<String> plan =
            database.read(
                session -> session.query(row -> row.getString(4), "EXPLAIN QUERY PLAN " + sql));
        assertThat(plan).isNotEmpty().noneMatch(step -> step.startsWith("SCAN"));
      }
    }
  }

  /** What is pruned is pruned behind what is written. */
  private static void waitFor(Database database, String condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (database.read(session -> session.query(row -> row.getInt(1), condition)).contains(0)) {
      assertThat(System.nanoTime()).as(condition).isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static int fill(Session session, int first, int count) throws SQLException {
    return session.update(
        "WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 + ?2 - 1)"
            + " INSERT INTO event SELECT i, 0, i, 'up', '{}', 0 FROM n",
        first,
        count);
  }

  private static int count(Database database) {
    return database.read(
        session -> session.query(row -> row.getInt(1), "SELECT count(*) FROM event").get(0));
  }
}
