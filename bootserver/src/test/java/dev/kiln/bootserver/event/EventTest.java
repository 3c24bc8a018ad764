package dev.kiln.bootserver.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
  private static final MacAddress MAC = MacAddress.parse("52:54:00:77:00:1a");

  @Test
  void keepsADetailFromWritingToTheTerminal() {
    Event event = event("tftp-start", "file \u001b[2J\nx\u202e");

    assertThat(event.detail()).isEqualTo("file  [2J x");
  }

  @Test
  void cutsALongDetail() {
    assertThat(event("tftp-start", "x".repeat(10_000)).detail())
        .hasSize(Event.MAX_DETAIL)
        .endsWith("x…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "DHCP", "dhcp offer", "-dhcp", "dhcp_offer"})
  void refusesAStepThatIsNoName(String step) {
    assertThatThrownBy(() -> event(step, "")).isInstanceOf(IllegalArgumentException.class);
  }

  private static Event event(String step, String detail) {
    return Event.seen(Instant.EPOCH, MAC, step, detail);
  }
}
