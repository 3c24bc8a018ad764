package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventText;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.StoredEvent;
import dev.kiln.bootserver.event.Values;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.failure.KilnException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFormatTest {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final SubnetId SUBNET = new SubnetId("192.168.0.0/24");
  private static final Lease LEASE =
      new Lease(
          SUBNET,
          IpAddress.parse("192.168.0.70"),
          ClientId.of(ANNA),
          Lease.State.BOUND,
          Instant.ofEpochMilli(1_800_000_000_000L));

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void keepsLeasesCardsAndEventsOfAStateWhereAllStoodInOneFile(int format) throws Exception {
    writeStateOf(format);

    assertThatThrownBy(() -> StateReader.open(directory))
        .hasMessageContaining("bootserver.db has format " + format);
    try (Database database = Database.open(directory)) {
      assertThat(leases(database)).containsExactly(LEASE);
    }

    try (StateReader reader = StateReader.open(directory)) {
      assertThat(reader.leases()).containsExactly(LEASE);
      assertThat(reader.discovered())
          .extracting(found -> found.claims())
          .containsExactly(Claims.of(ANNA));
      assertThat(reader.timeline().read(List.of(ANNA), 0, 10).toCompletableFuture().join())
          .extracting(stored -> stored.event())
          .containsExactly(Events.seen(Instant.ofEpochMilli(7), ANNA, Step.DHCP_ACK, "here"));
    }
    assertThat(tables(StateFile.records(directory))).doesNotContain("lease");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void takesWhatWasThereForOneBootAndBeginsTheNextWithWhateverBoots(int format) throws Exception {
    writeStateOf(format);
    execute(
        "bootserver.db",
        "INSERT INTO event VALUES (2, 9, NULL, 'tftp-refused', 'x', 0)",
        "INSERT INTO event VALUES (5, 11, 90520730730506, 'up', 'is \"up\"', 1)");

    try (Database database = Database.open(directory)) {
      SqliteEventLog log = new SqliteEventLog(database, card -> Standing.NAMED);
      log.record(Event.seen(Instant.ofEpochMilli(20), ANNA, Step.IPXE_STARTED, Values.NONE))
          .toCompletableFuture()
          .join();
    }

    try (StateReader reader = StateReader.open(directory)) {
      List<StoredEvent> lines =
          reader.timeline().read(List.of(ANNA), 0, 10).toCompletableFuture().join();
      assertThat(lines).extracting(StoredEvent::number).containsExactly(1L, 5L, 6L);
      assertThat(lines).extracting(StoredEvent::boot).containsExactly(1L, 1L, 6L);
      assertThat(lines).extracting(EventText::of).startsWith("here", "is \"up\"");
      assertThat(lines.get(1).event().claimed()).isTrue();
    }
  }

  @Test
  void takesNoOldLeaseForOneThatWasMovedAlready() throws Exception {
    writeStateOf(2);
    Lease newer = LEASE.endingAt(Instant.ofEpochMilli(1_900_000_000_000L));
    StateFile leases = StateFile.leases(directory);
    leases.using(
        connection -> {
          leases.schema().migrate(leases.path(), connection);
          try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                "INSERT INTO lease VALUES ('192.168.0.0/24', x'C0A80046',"
                    + " 'mac:52:54:00:00:00:0a', 'BOUND', 1900000000000)");
          }
          connection.commit();
          return true;
        });

    try (Database database = Database.open(directory)) {
      assertThat(leases(database)).containsExactly(newer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"leases.db", "bootserver.db"})
  void refusesAStateOfANewerFormat(String file) throws Exception {
    Database.open(directory).close();
    execute(file, "PRAGMA user_version = 99");

    assertThatThrownBy(() -> Database.open(directory))
        .hasMessageContaining(file + " was written by a newer boot server");
    assertThatThrownBy(() -> StateReader.open(directory))
        .hasMessageContaining(file + " has format 99");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void addsNothingToADatabaseOfAnotherProgram(int version) throws Exception {
    execute("bootserver.db", "CREATE TABLE event (name TEXT)", "PRAGMA user_version = " + version);

    assertThatThrownBy(() -> Database.open(directory))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("holds other tables, and is no boot server's");
    assertThat(tables(StateFile.records(directory))).containsExactly("event");
  }

  /** What a server of that format left: one lease, one card, one event. */
  private void writeStateOf(int format) throws Exception {
    for (int step = 0; step < format; step++) {
      execute("bootserver.db", Schema.RECORDS.steps().get(step).toArray(String[]::new));
      if (step == 0) {
        execute(
            "bootserver.db",
            // 192.168.0.70 and its bits as Java's int has them; 52:54:00:00:00:0a.
            "INSERT INTO lease VALUES (-1062731706, 90520730730506, 'BOUND', 1800000000000)",
            "INSERT INTO machine VALUES (90520730730506, NULL, NULL, 5, 7)",
            "INSERT INTO event VALUES (1, 7, 90520730730506, 'dhcp-ack', 'here', 0)");
      }
      execute("bootserver.db", "PRAGMA user_version = " + (step + 1));
    }
    if (format == 2) {
      // Whose subnet was known by then.
      execute("bootserver.db", "UPDATE lease SET subnet = '" + SUBNET.text() + "'");
    }
  }

  private void execute(String file, String... statements) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(file));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  private static List<Lease> leases(Database database) {
    return new SqliteLeases(database).list(SUBNET).toCompletableFuture().join();
  }

  private static List<String> tables(StateFile file) {
    return file.using(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet found =
                  statement.executeQuery(
                      "SELECT group_concat(name) FROM sqlite_master WHERE type = 'table'"
                          + " AND name NOT LIKE 'sqlite%'")) {
            return List.of(found.getString(1).split(","));
          }
        });
  }
}
