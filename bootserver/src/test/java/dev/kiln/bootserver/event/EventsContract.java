package dev.kiln.bootserver.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every record of events does, whatever keeps it: extended by a test of each. */
public abstract class EventsContract {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final MacAddress BERT = MacAddress.parse("52:54:00:00:00:0b");
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private EventLog log;
  private EventLog second;
  private Timeline timeline;
  private Instant now = NOON;

  /** Two servers that share one record, and who reads it. */
  public record Servers(EventLog one, EventLog other, Timeline timeline) {}

  /** Starts with a record without an event. */
  protected abstract Servers start(Function<MacAddress, Standing> standings) throws Exception;

  @BeforeEach
  void startEmpty() throws Exception {
    Servers servers =
        start(mac -> List.of(ANNA, BERT).contains(mac) ? Standing.NAMED : Standing.STRANGER);
    log = servers.one();
    second = servers.other();
    timeline = servers.timeline();
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(read(ANNA)).isEmpty();
  }

  @Test
  void keepsWhatHappenedAsItWas() {
    Event offered = Event.seen(now, ANNA, Step.DHCP_OFFER, Values.of(Field.ADDRESS, "10.0.0.5"));
    Event reported =
        Event.claimed(now, ANNA, Step.REPORT, Values.of(Field.NAME, "n").and(Field.TYPE, "t"));

    Recording first = join(log.record(offered));
    join(log.record(reported));

    assertThat(read(ANNA)).extracting(StoredEvent::event).containsExactly(offered, reported);
    assertThat(first).isEqualTo(new Recording.Stored(read(ANNA).get(0)));
    assertThat(read(ANNA).get(0).begins()).isTrue();
  }

  @Test
  void readsPagesInOrderAndOnlyOfTheCardsAskedFor() {
    happens(ANNA, Step.DHCP_OFFER, "1");
    happens(BERT, Step.DHCP_ACK, "2");
    happens(ANNA, Step.DHCP_RELEASE, "3");
    StoredEvent one = read(ANNA).get(0);

    assertThat(steps(read(ANNA))).containsExactly(Step.DHCP_OFFER, Step.DHCP_RELEASE);
    assertThat(steps(join(timeline.read(List.of(BERT, ANNA), one.number(), 1))))
        .containsExactly(Step.DHCP_ACK);
    assertThat(join(timeline.read(List.of(), 0, 10))).isEmpty();
  }

  @Test
  void countsTheSameEventOnceMoreInItsLine() {
    happens(ANNA, Step.NOCLOUD, "user-data");
    happens(ANNA, Step.NOCLOUD, "meta-data");
    now = NOON.plusSeconds(90);
    Recording again = happens(ANNA, Step.NOCLOUD, "user-data");

    assertThat(read(ANNA)).extracting(StoredEvent::times).containsExactly(2L, 1L);
    assertThat(read(ANNA).get(0).event().at()).isEqualTo(NOON);
    assertThat(read(ANNA).get(0).last()).isEqualTo(now);
    assertThat(again).isEqualTo(new Recording.Stored(read(ANNA).get(0)));
  }

  @Test
  void doesNotTakeAClaimForWhatWasSeen() {
    happens(ANNA, Step.REPORT, "same");
    join(log.record(Event.claimed(now, ANNA, Step.REPORT, Values.of(Field.TEXT, "same"))));

    assertThat(read(ANNA)).hasSize(2);
  }

  @Test
  void countsThoseThatDifferBeyondManyInOneLine() {
    int most = Standing.NAMED.lines(Step.TFTP_REFUSED);
    for (int i = 0; i < most + 40; i++) {
      happens(ANNA, Step.TFTP_REFUSED, "file " + i);
    }
    Recording once = happens(ANNA, Step.TFTP_REFUSED, "one more");
    happens(ANNA, Step.TFTP_REFUSED, "file 0");
    happens(ANNA, Step.UP, "");

    List<StoredEvent> lines = read(ANNA);
    assertThat(lines).hasSize(most + 2);
    assertThat(EventText.of(lines.get(most))).isEqualTo("and 41 more that differ");
    assertThat(once).isEqualTo(new Recording.Counted(lines.get(most)));
    assertThat(lines.get(0).times()).isEqualTo(2);
  }

  @Test
  void givesEachEventTheBootThatItBelongsTo() {
    boot(ANNA);
    happens(BERT, Step.UP, "");
    boot(ANNA);

    List<StoredEvent> lines = read(ANNA);
    assertThat(lines).hasSize(8);
    assertThat(lines.subList(0, 4)).allMatch(it -> it.boot() == lines.get(0).number());
    assertThat(lines.subList(4, 8)).allMatch(it -> it.boot() == lines.get(4).number());
    assertThat(lines).filteredOn(StoredEvent::begins).hasSize(2);
  }

  @Test
  void agreesOnBootsAndLinesWhicheverServerTakesAnEvent() {
    List<CompletionStage<Recording>> all = new ArrayList<>();
    for (int boot = 0; boot < 3; boot++) {
      for (Event event : bootOf(ANNA)) {
        all.add((all.size() % 2 == 0 ? log : second).record(event));
        all.add((all.size() % 3 == 0 ? log : second).record(event));
        // Two servers' calls have no order among each other but that of what is done.
        join(all.get(all.size() - 2));
        join(all.get(all.size() - 1));
      }
    }

    assertThat(read(ANNA)).hasSize(12).allMatch(line -> line.times() == 2);
    assertThat(read(ANNA)).filteredOn(StoredEvent::begins).hasSize(3);
    assertThat(read(ANNA)).extracting(StoredEvent::number).doesNotHaveDuplicates();
  }

  @Test
  void beginsOnlySoManyBootsWithinATimeAndGoesOnWithTheLast() {
    for (int i = 0; i < BootOrder.MOST_BEGUN + 5; i++) {
      boot(ANNA);
    }
    assertThat(read(ANNA)).filteredOn(StoredEvent::begins).hasSize(BootOrder.MOST_BEGUN);
    assertThat(read(ANNA).get(read(ANNA).size() - 1).times()).isEqualTo(6);

    now = now.plus(BootOrder.WITHIN).plusSeconds(1);
    boot(ANNA);
    assertThat(read(ANNA)).filteredOn(StoredEvent::begins).hasSize(BootOrder.MOST_BEGUN + 1);
  }

  @Test
  void keepsTheLatestBootsOfACardWhole() {
    for (int i = 0; i < Standing.NAMED.boots() + 3; i++) {
      boot(ANNA);
      now = now.plus(Duration.ofHours(1));
    }

    assertThat(read(ANNA)).filteredOn(StoredEvent::begins).hasSize(Standing.NAMED.boots());
    assertThat(read(ANNA)).hasSize(4 * Standing.NAMED.boots());
    assertThat(read(ANNA).get(0).event().at()).isEqualTo(NOON.plus(Duration.ofHours(3)));
  }

  @Test
  void letsStrangersPushOutEachOtherAlone() {
    boot(ANNA);
    happens(stranger(0), Step.DHCP_DISCOVER, "");
    boot(BERT);

    int most = Standing.STRANGER.bootsOfAll() + 500;
    List<CompletionStage<Recording>> all =
        IntStream.rangeClosed(1, most)
            .mapToObj(i -> log.record(Events.seen(now, stranger(i), Step.WAITING, "who?")))
            .toList();
    all.forEach(EventsContract::join);

    assertThat(read(stranger(0))).isEmpty();
    assertThat(read(stranger(most))).hasSize(1);
    assertThat(read(ANNA)).hasSize(4);
    assertThat(read(BERT)).hasSize(4);
  }

  @Test
  void keepsWhatNoCardCanBeNamedForFromEveryTimeline() {
    Event event = new Event(now, Optional.empty(), Step.TFTP_START, Values.NONE, false);

    assertThat(join(log.record(event))).isInstanceOf(Recording.Stored.class);
    assertThat(read(ANNA)).isEmpty();
  }

  @Test
  void carriesOutCallsInTheirOrderAndTellsSoInTheSame() {
    List<Integer> told = new CopyOnWriteArrayList<>();
    List<CompletionStage<Void>> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int number = i;
      all.add(
          log.record(Events.seen(now, ANNA, Step.IMAGE_FILE, "file " + i))
              .thenAccept(done -> told.add(number)));
    }
    all.forEach(EventsContract::join);

    assertThat(told).isEqualTo(IntStream.range(0, 30).boxed().toList());
    assertThat(read(ANNA))
        .extracting(line -> EventText.of(line.event()))
        .containsExactlyElementsOf(IntStream.range(0, 30).mapToObj(i -> "file " + i).toList());
  }

  private static MacAddress stranger(int number) {
    return new MacAddress(0x525401000000L + number);
  }

  private List<Event> bootOf(MacAddress mac) {
    return List.of(
        Event.seen(now, mac, Step.DHCP_DISCOVER, Values.of(Field.ASKER, "PXE")),
        Event.seen(now, mac, Step.BOOT_SCRIPT, Values.of(Field.IMAGE, "debian12")),
        Event.seen(now, mac, Step.IMAGE_FILE, Values.of(Field.FILE, "vmlinuz")),
        Event.claimed(now, mac, Step.UP, Values.NONE));
  }

  private void boot(MacAddress mac) {
    bootOf(mac).forEach(event -> join(log.record(event)));
  }

  private Recording happens(MacAddress mac, Step step, String text) {
    return join(log.record(Events.seen(now, mac, step, text)));
  }

  private List<StoredEvent> read(MacAddress mac) {
    return join(timeline.read(List.of(mac), 0, 10_000));
  }

  private static List<Step> steps(List<StoredEvent> lines) {
    return lines.stream().map(line -> line.event().step()).toList();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
