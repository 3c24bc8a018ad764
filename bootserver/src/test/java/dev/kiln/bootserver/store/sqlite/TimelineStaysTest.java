package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.event.AdmittedEvents;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventText;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Recording;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.StoredEvent;
import dev.kiln.bootserver.event.Values;
import dev.kiln.bootserver.net.MacAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody sends, the timeline of a machine that is known stays. */
class TimelineStaysTest {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final long NAMED = 0x525400000000L;
  private static final int MACHINES = 5_000;

  @TempDir private Path directory = Path.of("");
  private Database database;
  private SqliteEventLog log;
  private AdmittedEvents events;

  @BeforeEach
  void bootOnceAndBeginAgain() {
    database = Database.open(directory);
    log = new SqliteEventLog(database, TimelineStaysTest::standing);
    events = new AdmittedEvents(log, TimelineStaysTest::standing, new SimpleMeterRegistry());
    boot().forEach(events::record);
    boot().subList(0, 5).forEach(events::record);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Standing standing(MacAddress mac) {
    return mac.bits() < NAMED + MACHINES ? Standing.NAMED : Standing.STRANGER;
  }

  @Test
  void whileItsSeedIsFetchedTwoThousandTimes() {
    for (int i = 0; i < 2_000; i++) {
      events.record(seen(ANNA, Step.NOCLOUD, Values.of(Field.DOCUMENT, "user-data")));
    }

    assertThat(thePresentBootAfterAll())
        .filteredOn(line -> line.event().step() == Step.NOCLOUD)
        .extracting(EventText::of)
        .contains("user-data ×2000");
  }

  @Test
  void whileAThousandDiscoverInItsName() {
    for (int i = 0; i < 1_000; i++) {
      events.record(seen(ANNA, Step.DHCP_DISCOVER, Values.of(Field.ASKER, "IPXE")));
      events.record(seen(ANNA, Step.DHCP_OFFER, Values.of(Field.ADDRESS, "10.0.0.5")));
    }

    thePresentBootAfterAll();
  }

  @Test
  void whileAThousandDiscoverInItsNameEachOtherwise() {
    for (int i = 0; i < 1_000; i++) {
      events.record(seen(ANNA, Step.DHCP_DISCOVER, Values.of(Field.ARCHITECTURE, "no " + i)));
      events.record(seen(ANNA, Step.DHCP_OFFER, Values.of(Field.WHY, "because of " + i)));
    }

    assertThat(thePresentBootAfterAll()).hasSizeLessThan(250);
  }

  @Test
  void whileBootAfterBootBeginsInItsName() {
    for (int i = 0; i < 1_000; i++) {
      events.record(seen(ANNA, Step.DHCP_DISCOVER, Values.of(Field.ASKER, "PXE")));
      events.record(seen(ANNA, Step.BOOT_SCRIPT, Values.of(Field.IMAGE, "debian" + i)));
    }
    boot().subList(5, boot().size()).forEach(events::record);

    assertThat(theFirstBoot()).extracting(line -> line.event()).isEqualTo(boot());
    assertThat(read()).filteredOn(StoredEvent::begins).hasSize(20);
    assertThat(read().get(read().size() - 1).event().step()).isEqualTo(Step.UP);
  }

  @Test
  void whileTenThousandCardsAreMadeUp() {
    for (int i = 0; i < 10_000; i++) {
      discover(new MacAddress(NAMED + MACHINES + i));
    }

    thePresentBootAfterAll();
  }

  @Test
  void whileHalfAMillionEventsCome() {
    for (int i = 0; i < 100_000; i++) {
      discover(new MacAddress(NAMED + MACHINES + i));
      events.record(seen(ANNA, Step.NOCLOUD, Values.of(Field.DOCUMENT, "user-data")));
      events.record(seen(ANNA, Step.TFTP_REFUSED, Values.of(Field.FILE, "file " + i)));
      events.record(seen(ANNA, Step.DHCP_RELEASE, Values.of(Field.ADDRESS, "10.0.0." + i)));
    }

    thePresentBootAfterAll();
    assertThat(read()).extracting(line -> line.event().step()).contains(Step.NOT_RECORDED);
    assertThat(log.dropped()).isZero();
  }

  @Test
  void losesNothingWhereFiveThousandMachinesBootAtOnce() {
    for (int wave = 0; wave < 2; wave++) {
      List<CompletionStage<Recording>> all = new ArrayList<>();
      for (int i = 0; i < MACHINES; i++) {
        MacAddress card = new MacAddress(NAMED + i);
        String asker = wave == 0 ? "PXE" : "IPXE";
        all.add(events.record(seen(card, Step.DHCP_DISCOVER, Values.of(Field.ASKER, asker))));
        all.add(events.record(seen(card, Step.DHCP_OFFER, Values.of(Field.WHY, asker))));
        all.add(events.record(seen(card, Step.DHCP_REQUEST, Values.of(Field.ASKER, asker))));
        all.add(events.record(seen(card, Step.DHCP_ACK, Values.of(Field.WHY, asker))));
      }
      assertThat(all).allMatch(it -> it.toCompletableFuture().join() instanceof Recording.Stored);
    }
    assertThat(log.dropped()).isZero();
  }

  @Test
  void looksIntoIndexesAloneHoweverMuchThereIs() {
    for (String sql :
        List.of(ForgetBoots.OF_A_CARD, ForgetBoots.OF_A_STANDING, ForgetBoots.ITS_EVENTS)) {
      List<String> plan =
          database.read(
              session -> session.query(row -> row.getString(4), "EXPLAIN QUERY PLAN " + sql));
      assertThat(plan).isNotEmpty().noneMatch(step -> step.startsWith("SCAN"));
    }
  }

  private void discover(MacAddress card) {
    events.record(seen(card, Step.DHCP_DISCOVER, Values.of(Field.ASKER, "PXE")));
    events.record(seen(card, Step.DHCP_OFFER, Values.of(Field.ADDRESS, "10.0.0.5")));
  }

  /** The machine goes on with its boot; that one and the one before are whole. */
  private List<StoredEvent> thePresentBootAfterAll() {
    boot().subList(5, boot().size()).forEach(events::record);
    List<StoredEvent> first = theFirstBoot();
    List<StoredEvent> present =
        read().stream().filter(line -> line.boot() != first.get(0).boot()).toList();

    assertThat(first).extracting(StoredEvent::event).isEqualTo(boot());
    assertThat(present).extracting(StoredEvent::event).containsAll(boot());
    // What is sent in its name may look like another boot: nothing of it is lost by that.
    assertThat(present).filteredOn(StoredEvent::begins).hasSizeBetween(1, 2);
    return present;
  }

  private List<StoredEvent> theFirstBoot() {
    long boot = read().get(0).boot();
    return read().stream().filter(line -> line.boot() == boot).toList();
  }

  private List<StoredEvent> read() {
    return new SqliteTimeline(database).read(List.of(ANNA), 0, 10_000).toCompletableFuture().join();
  }

  /** One boot, with as many reports as cloud-init makes. */
  private static List<Event> boot() {
    List<Event> boot = new ArrayList<>();
    boot.add(seen(ANNA, Step.DHCP_DISCOVER, Values.of(Field.ASKER, "PXE")));
    boot.add(seen(ANNA, Step.TFTP_DONE, Values.of(Field.FILE, "ipxe.efi")));
    boot.add(seen(ANNA, Step.IPXE_STARTED, Values.NONE));
    boot.add(seen(ANNA, Step.BOOT_SCRIPT, Values.of(Field.IMAGE, "debian12")));
    boot.add(seen(ANNA, Step.IMAGE_FILE, Values.of(Field.FILE, "vmlinuz")));
    boot.add(seen(ANNA, Step.IMAGE_FILE, Values.of(Field.FILE, "os.squashfs")));
    boot.add(seen(ANNA, Step.NOCLOUD, Values.of(Field.DOCUMENT, "meta-data")));
    IntStream.range(0, 150)
        .mapToObj(i -> Values.of(Field.NAME, "module " + i))
        .forEach(module -> boot.add(Event.claimed(NOW, ANNA, Step.CLOUD_INIT, module)));
    boot.add(Event.claimed(NOW, ANNA, Step.UP, Values.NONE));
    return boot;
  }

  private static Event seen(MacAddress card, Step step, Values values) {
    return Event.seen(NOW, card, step, values);
  }
}
