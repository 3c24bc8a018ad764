package dev.kiln.bootserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.StoredEvent;
import dev.kiln.bootserver.event.Values;
import dev.kiln.bootserver.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BootProgressTest {
  private static final MacAddress FIRST = MacAddress.parse("52:54:00:12:34:56");
  private static final MacAddress SECOND = MacAddress.parse("52:54:00:12:34:57");

  private final Events events = new Events();
  private final BootProgress progress = new BootProgress();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private long read;

  @BeforeEach
  void comeUp() {
    discovers(FIRST, "PXE");
    happens(FIRST, Step.BOOT_SCRIPT);
    happens(FIRST, Step.NOCLOUD);
    happens(FIRST, Step.UP);
  }

  @Test
  void countsFromTheFirstEventOfTheBoot() {
    assertThat(progress.has(Step.UP)).isTrue();
    assertThat(progress.begun()).isFalse();
    assertThat(progress.elapsed()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void beginsAnewWithTheBootsThatWereRecorded() {
    discovers(FIRST, "PXE");

    assertThat(progress.begun()).isTrue();
    assertThat(progress.has(Step.UP)).isFalse();
    assertThat(progress.elapsed()).isZero();
  }

  @Test
  void takesWhatItsSystemDoesWithAnotherCardForThisBoot() {
    discovers(SECOND, "OTHER");

    assertThat(progress.begun()).isFalse();
    assertThat(progress.has(Step.UP)).isTrue();
  }

  @Test
  void beginsAnewWhereTheMachineBootsByAnotherCard() {
    discovers(SECOND, "PXE");

    assertThat(progress.begun()).isTrue();
    assertThat(progress.has(Step.UP)).isFalse();
  }

  private void discovers(MacAddress card, String asker) {
    take(card, Step.DHCP_DISCOVER, Values.of(Field.ASKER, asker));
  }

  private void happens(MacAddress card, Step step) {
    take(card, step, Values.NONE);
  }

  private void take(MacAddress card, Step step, Values values) {
    events.record(Event.seen(now, card, step, values));
    now = now.plusSeconds(1);
    for (StoredEvent stored :
        events.read(List.of(FIRST, SECOND), read, 10).toCompletableFuture().join()) {
      read = stored.number();
      progress.take(stored);
    }
  }
}
