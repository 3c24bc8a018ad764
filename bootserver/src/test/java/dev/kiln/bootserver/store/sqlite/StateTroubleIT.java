package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.lease.Claim;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.bootserver.net.TestProcess;
import dev.kiln.failure.KilnException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A file that cannot be written: it is said once, it comes back by itself, and that is said. */
class StateTroubleIT {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(WriterThread.class);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private int asked;

  @BeforeEach
  void listen() {
    log.start();
    LOG.setLevel(Level.INFO);
    LOG.addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    LOG.detachAppender(log);
  }

  @Test
  void goesOnWhenADiskThatWasFullHasRoom(@TempDir Path directory) throws Exception {
    try (SmallDisk disk = SmallDisk.make(directory);
        Database database = Database.open(disk.path())) {
      assertThat(confirm(database).join()).isInstanceOf(Claim.Granted.class);

      disk.fill();
      askUntilItFails(database, "is full");
      askInVain(database);
      disk.makeRoom();

      assertComesBack(database, "leases.db is full");
    }
  }

  /** Which the kernel would end it on. */
  @Test
  void warnsOfADiskWithBlocksSmallerThanAPage(@TempDir Path directory) throws Exception {
    Logger blocks = (Logger) LoggerFactory.getLogger(SmallBlocks.class);
    blocks.addAppender(log);
    try {
      try (SmallDisk disk = SmallDisk.make(directory, 1024);
          Database database = Database.open(disk.path())) {
        assertThat(database.healthy()).isTrue();
      }
      try (Database database = Database.open(Files.createDirectory(directory.resolve("large")))) {
        assertThat(database.healthy()).isTrue();
      }

      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .singleElement()
          .asString()
          .contains("disk is on a file system with blocks of 1024 bytes", "mkfs.ext4 -b 4096");
    } finally {
      blocks.detachAppender(log);
    }
  }

  @Test
  void goesOnWhenADiskThatFailedIsReplaced(@TempDir Path directory) throws Exception {
    try (SmallDisk disk = SmallDisk.make(directory);
        Database database = Database.open(disk.path())) {
      assertThat(confirm(database).join()).isInstanceOf(Claim.Granted.class);

      disk.fail();
      askUntilItFails(database, "leases.db");
      askInVain(database);
      disk.replace();

      assertComesBack(database, "leases.db");
    }
  }

  @Test
  void goesOnWhenAnotherProgramUnlocksTheLeases(@TempDir Path directory) throws Exception {
    try (Database database = Database.open(directory);
        Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("leases.db"));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      askUntilItFails(database, "another program keeps");
      statement.execute("COMMIT");

      assertComesBack(database, "another program keeps");
    }
  }

  /** Root, but without the right to do what a mode forbids. */
  @Test
  void saysOnceWhichFileOfAForbiddenDirectoryItCannotLock(@TempDir Path directory)
      throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (TestProcess process =
        TestProcess.start(
            "setpriv",
            "--inh-caps=-all",
            "--bounding-set=-dac_override,-dac_read_search",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OpenState.class.getName(),
            directory.toString())) {
      process.end();
      assertThat(process.output().strip())
          .isEqualTo(
              "cannot lock "
                  + directory.resolve("lock")
                  + ": it may not be used by this user. Check free space, permissions and the"
                  + " path.");
    }
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }

  /** What was written before may have left room in the files for some more. */
  private void askUntilItFails(Database database, String words) {
    SqliteEventLog events = new SqliteEventLog(database, card -> Standing.NAMED);
    assertThatThrownBy(
            () -> {
              while (true) {
                events.record(Events.seen(Instant.EPOCH, ANNA, Step.DHCP_REQUEST, "x".repeat(400)));
                confirm(database).join();
              }
            })
        .hasCauseInstanceOf(KilnException.class)
        .hasMessageContaining(words);
    assertThat(database.leases().healthy()).isFalse();
    assertThat(database.healthy()).isFalse();
  }

  private void askInVain(Database database) {
    List<CompletableFuture<Claim>> claims =
        IntStream.range(0, 200).mapToObj(i -> confirm(database)).toList();
    claims.forEach(claim -> assertThatThrownBy(claim::join).isInstanceOf(Exception.class));
  }

  private void assertComesBack(Database database, String words) {
    // Nobody asks meanwhile.
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!database.healthy()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(confirm(database).join()).isInstanceOf(Claim.Granted.class);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> line.contains("leases.db"))
        .satisfiesExactly(
            line -> assertThat(line).contains(words).endsWith("It is tried again until it goes."),
            line -> assertThat(line).endsWith("leases.db is written again."));
  }

  private CompletableFuture<Claim> confirm(Database database) {
    asked++;
    return new SqliteLeases(database)
        .confirm(
            ConfirmedLeases.SUBNET,
            new Ipv4Address(0x0a000000 + asked),
            ClientId.of(new MacAddress(ANNA.bits() + asked)),
            Duration.ofHours(1))
        .toCompletableFuture();
  }
}
