package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.lease.Claim;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.MacAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever else is slow, or asked by anybody, no lease waits for it. */
class LeasesFirstTest {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir private Path directory = Path.of("");

  @Test
  void confirmsALeaseWhileTheRecordsAreLockedByAnother() throws Exception {
    try (Database database = Database.open(directory);
        Connection backup =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("bootserver.db"));
        Statement statement = backup.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      new SqliteEventLog(database, card -> Standing.NAMED)
          .record(Events.seen(NOW, ANNA, Step.DHCP_DISCOVER, ""));

      assertThat(confirm(database)).isInstanceOf(Claim.Granted.class);
      statement.execute("COMMIT");
    }
  }

  @Test
  void confirmsALeaseWhileMoreIsRecordedThanCanBeWritten() throws Exception {
    CountDownLatch diskIsSlow = new CountDownLatch(1);
    try (Database database = Database.open(directory)) {
      SqliteEventLog log = new SqliteEventLog(database, card -> Standing.NAMED);
      SqliteMachineRegistry registry = SqliteMachineRegistry.open(database);
      database.records().submit(session -> Slow.until(diskIsSlow));
      IntStream.range(0, Bulk.CAPACITY + 5_000)
          .forEach(
              i -> {
                MacAddress card = new MacAddress(ANNA.bits() + i);
                log.record(Events.seen(NOW, card, Step.DHCP_DISCOVER, ""));
                registry.seen(Claims.of(card), NOW, all -> true);
              });

      assertThat(confirm(database)).isInstanceOf(Claim.Granted.class);
      assertThat(log.dropped()).isEqualTo(5_000);
      assertThat(registry.dropped()).isEqualTo(5_000);
      diskIsSlow.countDown();
    }
  }

  @Test
  void writesAllThatWaitsInOneTransaction() {
    CountDownLatch diskIsSlow = new CountDownLatch(1);
    try (Database database = Database.open(directory)) {
      SqliteEventLog log = new SqliteEventLog(database, card -> Standing.NAMED);
      database.records().submit(session -> Slow.until(diskIsSlow));
      log.record(Events.seen(NOW, ANNA, Step.DHCP_DISCOVER, ""));
      IntStream.range(1, 3_000)
          .forEach(i -> log.record(Events.seen(NOW.plusSeconds(i), ANNA, Step.NOCLOUD, "")));

      // The slow one, and one for all events.
      assertThat(database.records().backlog()).isLessThanOrEqualTo(2);
      diskIsSlow.countDown();
    }

    try (StateReader reader = StateReader.open(directory)) {
      assertThat(reader.discovered())
          .singleElement()
          .satisfies(card -> assertThat(card.lastSeen()).isEqualTo(NOW.plusSeconds(2_999)));
      assertThat(reader.timeline().read(List.of(ANNA), 0, 10).toCompletableFuture().join())
          .isNotEmpty();
    }
  }

  private static Claim confirm(Database database) throws Exception {
    return new SqliteLeases(database)
        .confirm(
            new SubnetId("10.0.0.0/8"),
            IpAddress.parse("10.0.0.9"),
            ClientId.of(ANNA),
            Duration.ofHours(1))
        .toCompletableFuture()
        .get(1, TimeUnit.MINUTES);
  }
}
