package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that the disk or somebody else spoilt: what is wrong, where, and what to do. */
class DamagedStateTest {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");

  @TempDir private Path directory = Path.of("");

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

  @ParameterizedTest
  @ValueSource(strings = {"leases.db", "bootserver.db"})
  void saysWhereAndWhatToDoWherePagesAreSpoilt(String file) throws Exception {
    // The header and the list of tables are good.
    spoil(file, 4_096 + 100);

    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(
            KilnException.class,
            failure -> assertThat(failure.kind()).isEqualTo(KilnException.Kind.IO))
        .hasMessageContaining("the state in " + directory.resolve(file) + " is damaged")
        .hasMessageContaining("move it away with its -wal and -shm")
        .hasMessageContaining("are then forgotten");
  }

  @ParameterizedTest
  @ValueSource(strings = {"leases.db", "bootserver.db"})
  void saysTheSameOfAFileThatIsNoDatabase(String file) throws Exception {
    Files.writeString(directory.resolve(file), "this is not a database ".repeat(100));

    assertThatThrownBy(this::start)
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("the state in " + directory.resolve(file) + " is damaged");
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

  /** What a start reads before anything is answered. */
  private void start() {
    try (Database database = Database.open(directory)) {
      SqliteMachineRegistry.open(database);
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
