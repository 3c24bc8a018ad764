package dev.kiln.bootserver.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.lease.TestClock;
import dev.kiln.bootserver.net.MacAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AdmittedEventsTest {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final MacAddress BERT = MacAddress.parse("52:54:00:00:00:0b");

  private final TestClock clock = new TestClock();
  private final Events recorded = new Events();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AdmittedEvents events =
      new AdmittedEvents(
          recorded,
          mac -> List.of(ANNA, BERT).contains(mac) ? Standing.NAMED : Standing.STRANGER,
          meters,
          clock::nanos);

  @Test
  void admitsTwoThousandOfAStepAtOnceAndNoMoreThanItsBudget() {
    flood(ANNA, Step.NOCLOUD, 2_000);
    assertThat(recorded.all()).hasSize(2_000);

    flood(ANNA, Step.NOCLOUD, 10_000);

    assertThat(ofStep(Step.NOCLOUD)).isEqualTo(2_504);
    assertThat(meters.get("kiln.events.refused").counter().count()).isEqualTo(9_496);
  }

  @Test
  void takesNothingOfTheOtherStepsOfACardOrOfAnotherCard() {
    flood(ANNA, Step.DHCP_DISCOVER, 10_000);

    assertThat(record(ANNA, Step.UP)).isInstanceOf(Recording.Stored.class);
    assertThat(record(BERT, Step.DHCP_DISCOVER)).isInstanceOf(Recording.Stored.class);
    assertThat(record(ANNA, Step.DHCP_DISCOVER)).isEqualTo(new Recording.Dropped());
  }

  @Test
  void tellsTheCardOnceInTenMinutesThatMoreHappens() {
    flood(ANNA, Step.DHCP_DISCOVER, 10_000);
    flood(ANNA, Step.NOCLOUD, 10_000);
    assertThat(ofStep(Step.NOT_RECORDED)).isEqualTo(1);

    clock.pass(Duration.ofMinutes(10));
    flood(ANNA, Step.DHCP_DISCOVER, 10_000);
    assertThat(ofStep(Step.NOT_RECORDED)).isEqualTo(2);
  }

  @Test
  void letsStrangersUseUpTheirOwnBudgetAlone() {
    for (int i = 0; i < 20_000; i++) {
      record(new MacAddress(0x525401000000L + i), Step.DHCP_DISCOVER);
    }

    assertThat(ofStep(Step.DHCP_DISCOVER)).isEqualTo(5_000);
    assertThat(ofStep(Step.NOT_RECORDED)).isZero();
    assertThat(record(ANNA, Step.DHCP_DISCOVER)).isInstanceOf(Recording.Stored.class);
  }

  @Test
  void admitsABootOfFiveThousandMachinesInAMinute() {
    AdmittedEvents admitted =
        new AdmittedEvents(
            event -> CompletableFuture.completedStage(new Recording.Dropped()),
            mac -> Standing.NAMED,
            meters,
            clock::nanos);
    List<Step> steps = List.of(Step.values());
    for (int second = 0; second < 60; second++) {
      // 250 of each, ten of them at once.
      for (int i = 0; i < 5_000 * (second == 0 ? 14 : 4); i++) {
        admitted.record(
            Event.seen(
                clock.instant(),
                new MacAddress(0x525400000000L + i % 5_000),
                steps.get(i / 5_000),
                Values.NONE));
      }
      clock.pass(Duration.ofSeconds(1));
    }

    assertThat(meters.get("kiln.events.refused").counter().count()).isZero();
  }

  private long ofStep(Step step) {
    return recorded.all().stream().filter(event -> event.step() == step).count();
  }

  private void flood(MacAddress mac, Step step, int times) {
    for (int i = 0; i < times; i++) {
      record(mac, step);
    }
  }

  private Recording record(MacAddress mac, Step step) {
    return events
        .record(Event.seen(clock.instant(), mac, step, Values.NONE))
        .toCompletableFuture()
        .join();
  }
}
